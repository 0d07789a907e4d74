// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { createElement } from 'react';
import { Route, Routes } from 'react-router';
import { certificateOf, orderOf } from '../../../testing/examples.ts';
import type { Answer } from '../../../testing/live-page.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Attestation } from '../../api/attestations.ts';
import type { CertificatePage as Page } from './certificate-page.tsx';

describe('CertificatePage', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let CertificatePage: typeof Page;
  before(async () => {
    pages = await openWebPages();
    ({ CertificatePage } = await pages.load<{ CertificatePage: typeof Page }>(
      'member/attestations/certificate-page.tsx',
    ));
  });
  after(() => pages.stop());

  const open = (order: Attestation, answer: Answer = () => undefined) => {
    const route = createElement(Route, { path: '/certificate/:id', element: createElement(CertificatePage) });
    return pages.live(createElement(Routes, null, route), {
      at: '/certificate/o1',
      answer: (asked) => {
        if (asked.line === 'GET /attestations/o1') return order;
        if (asked.line === 'GET /identity')
          return { state: 'VERIFIED', fullName: '沈砚秋', idNumber: '370***********2417' };
        return answer(asked);
      },
    });
  };
  const certified = (part: Partial<Attestation> = {}) =>
    orderOf({ state: 'CERTIFIED', certificate: certificateOf(), ...part });

  it('when it is certified › shows each number and time under its own name, in Beijing time', async () => {
    const page = await open(certified());
    const rows = Object.fromEntries(
      page.all('dl.facts > div, dl.facts > *').flatMap((row) => {
        const [name, value] = [row.querySelector('dt')?.textContent, row.querySelector('dd')?.textContent];
        return name ? [[name, value]] : [];
      }),
    );
    expect(rows).to.include({
      作品名称: '鹤华',
      存证人: '沈砚秋（本人，370***********2417）',
      证书编号: '100000000000000003',
      证单编号: 'YX-2026-0001',
      存证时间: '2026-11-22 13:00:04',
      出证时间: '2026-11-23 14:07:08',
    });
    expect(rows.查询码).to.include('ABCDE-FGHJK');
    expect(page.named('打开查询页核验').getAttribute('href')).to.equal(certificateOf().lookupUrl);
  });

  it('when the chain is one for development › shows no stamp, and says so', async () => {
    const stamped = await open(certified());
    expect(stamped.text()).to.not.include('未独立核验');
    const page = await open(certified({ certificate: certificateOf({ isStamped: false }) }));
    expect(page.text()).to.include('未独立核验');
  });

  it('when it was revoked › bears no stamp any more, and still has its numbers', async () => {
    const page = await open(certified({ state: 'REVOKED' }));
    expect(page.all('.stamp')).to.have.length(0);
    expect(page.text()).to.include('已撤销').and.include('YX-2026-0001');
  });

  it('when there is no certificate yet › says what happens next, and offers no download', async () => {
    const page = await open(orderOf({ state: 'ANCHORING' }));
    expect(page.text()).to.include('证书还没有出具。').and.include('完成后自动出证').and.not.include('下载证据包');
  });

  for (const isFoundByFile of [true, false])
    it(`when it is ${isFoundByFile ? '' : 'not '}found by its files › the switch and its sentence agree`, async () => {
      const page = await open(certified({ isFoundByFile }));
      const toggle = page.find('[role="switch"]');
      expect(toggle.getAttribute('aria-checked')).to.equal(String(isFoundByFile));
      const hint = page.find(`[id="${toggle.getAttribute('aria-describedby')}"]`).textContent ?? '';
      expect(hint.includes('可在查询页查到')).to.equal(isFoundByFile);
    });

  it('when the switch is turned › asks the portal for the other, and shows what it answers', async () => {
    const page = await open(certified({ isFoundByFile: true }), ({ line }) =>
      line === 'PUT /attestations/o1/file-lookup' ? certified({ isFoundByFile: false }) : undefined,
    );
    await page.click(page.find('[role="switch"]'));
    expect(page.asked.at(-1)).to.deep.equal({
      line: 'PUT /attestations/o1/file-lookup',
      body: { isFoundByFile: false },
    });
    expect(page.find('[role="switch"]').getAttribute('aria-checked')).to.equal('false');
  });

  for (const state of ['DRAFT', 'REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED'] as const)
    it(`when the order is ${state} › has no switch, for there is nothing to be found`, async () => {
      const page = await open(orderOf({ state }));
      expect(page.all('[role="switch"]')).to.have.length(0);
    });
});

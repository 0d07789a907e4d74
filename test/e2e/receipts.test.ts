// SPDX-License-Identifier: Apache-2.0
// Acceptance receipts 受理回执: what an owner gets, and what anybody who holds one finds out about the promise.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { type Order, paidOrder, readOrder } from '../support/orders.ts';
import { expectStatus, type PortalMember } from '../support/portal.ts';
import { faultsOf, fileOf, keepPicture, openPage, scrollsSideways, stand, WIDTHS } from './stand.ts';

const VECTORS = path.resolve(import.meta.dirname, '../../verifier/vectors/receipts');
const KEPT = '已履行：该编号已上链，内容与受理回执一致';

describe('acceptance receipts', function () {
  this.timeout(120_000);
  let member: PortalMember;
  let order: Order;
  let receipt: Buffer;
  let page: Page | undefined;

  before(async () => {
    const { system } = await stand();
    member = await system.member({ verified: true });
    const { id } = await paidOrder(member);
    order = await eventually(
      async () => {
        const found = await readOrder(member, id);
        return found.receipt?.state === 'KEPT' && found;
      },
      { withinMs: 60_000 },
    );
    receipt = (await expectStatus(200, member.get(`/attestations/${id}/receipt`))).bytes;
  });
  afterEach(async function () {
    if (!page) return;
    const opened = page;
    page = undefined;
    await keepPicture(opened, `${this.currentTest?.parent?.title} ${this.currentTest?.title}`);
    const [faults, isWide] = [faultsOf(opened), await scrollsSideways(opened)];
    await opened.context().close();
    expect(faults).to.deep.equal([]);
    expect(isWide, 'scrolls sideways').to.equal(false);
  });

  const open = async (address: string, ...rest: [(typeof WIDTHS)[number], object?]) => {
    page = await openPage(address, ...rest);
    return page;
  };
  const verdict = (visitor: Page, title: string | RegExp) =>
    visitor.getByRole('heading', { level: 1, name: title }).waitFor();

  for (const width of WIDTHS) {
    describe(`${width} px wide`, () => {
      it('the owner reads that the promise was kept, and saves the receipt', async () => {
        const visitor = await open(`/member/attestations/${order.id}`, width, { as: member });
        await visitor.getByText('已按回执上链。').waitFor();
        const [saved] = await Promise.all([
          visitor.waitForEvent('download'),
          visitor.getByRole('button', { name: '下载受理回执' }).click(),
        ]);
        expect(saved.suggestedFilename()).to.equal(`${order.receipt.number}.receipt.json`);
        expect(readFileSync(await saved.path())).to.deep.equal(receipt);
      });

      it('when its time has not come › is pending', async () => {
        const visitor = await open('/v', width);
        await give(visitor, fileOf('mine.receipt.json', receipt));
        await verdict(visitor, /^尚未到期：该编号最迟应于 \d{4}-/);
        await visitor.getByText('由本站提供，在您的浏览器内核验').waitFor();
      });

      it('when one digit was changed › is refused, in both languages', async () => {
        const visitor = await open('/v', width);
        const text = receipt.toString();
        const forged = text.replace(/"sha256":"(.)/, (_, digit) => `"sha256":"${digit === '0' ? '1' : '0'}`);
        await give(visitor, fileOf('forged.receipt.json', forged));
        await verdict(visitor, '核验未通过');
        await visitor.getByText('签名不成立').waitFor();
        await visitor.getByRole('button', { name: 'English' }).first().click();
        await verdict(visitor, 'Not verified');
      });

      it('when validators signed the block of its number › is kept', async () => {
        const visitor = await open('/v', width);
        await give(visitor, ...vector('kept/bundle'));
        await verdict(visitor, KEPT);
        await visitor.getByText('您提供的文件').waitFor();
      });
    });
  }

  it('when the number is on the chain with another digest › is broken', async () => {
    const visitor = await open('/v', 1440);
    await give(visitor, ...vector('broken/digest'));
    await verdict(visitor, '未履行：受理回执的承诺没有兑现');
  });

  it('verify.html from disk › judges a receipt, and keeps it when its proof comes after it', async () => {
    const { system } = await stand();
    const html = await (await fetch(`${system.url}/verify.html`)).text();
    const visitor = await open(`file://${fileOf('verify.html', html)}`, 1440);
    const [mine = '', proof = '', trust = ''] = vector('kept/bundle');
    const boxes = visitor.locator('input[type=file]');
    await boxes.first().setInputFiles(mine);
    await verdict(visitor, /^未核验/);
    await boxes.last().setInputFiles(trust);
    await verdict(visitor, /^已到期/);
    await boxes.first().setInputFiles(proof);
    await verdict(visitor, KEPT);
  });

  const give = (visitor: Page, ...files: string[]) => visitor.getByLabel('文件或证书 PDF').setInputFiles(files);
});

interface Vector {
  name: string;
  file: string;
  proof: string;
  trust: string;
}

/** Receipt, proof and trust file of a case of the verifier's vectors. */
function vector(name: string): string[] {
  const { cases }: { cases: Vector[] } = JSON.parse(readFileSync(path.join(VECTORS, 'index.json'), 'utf8'));
  const found = cases.find((each) => each.name === name);
  if (!found) throw new RangeError(`no vector ${name}`);
  return [found.file, found.proof, found.trust].map((file) => path.join(VECTORS, file));
}

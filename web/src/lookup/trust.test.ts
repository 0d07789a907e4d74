// SPDX-License-Identifier: Apache-2.0
// Several trust files: which result counts, what is said of each, and the same words as inkseal-verify.
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { createElement } from 'react';
import { english } from '../../../verifier/cli/messages.en.ts';
import { chinese } from '../../../verifier/cli/messages.zh.ts';
import { openWebPages, type WebPages } from '../../testing/web-pages.ts';
import type { Language } from '../i18n/language.ts';
import { lookupTexts } from './texts/index.ts';
import { type NamedTrust, visitorTrust, withTrust, worstOf } from './trust.ts';
import { verifyProof } from './verification.ts';
import type { TrustList as List } from './views/trust-list.tsx';

const VECTORS = new URL('../../../verifier/vectors/v1/', import.meta.url);
const read = (name: string) => new Uint8Array(readFileSync(new URL(name, VECTORS)));
const { cases } = JSON.parse(readFileSync(new URL('index.json', VECTORS), 'utf8')) as {
  cases: { name: string; file: string; trust?: string; now: string }[];
};
const good = cases.find(({ name }) => name === 'good/leaf-2-of-4');
const TRUST = read(good?.trust ?? '');

function changed(change: (network: { chainId: string; registries: { codeHash: string }[] }) => void): Uint8Array {
  const file = JSON.parse(new TextDecoder().decode(TRUST));
  change(file.networks[0]);
  return new TextEncoder().encode(JSON.stringify(file));
}

describe('several trust files', function () {
  this.timeout(60_000);
  const ours: NamedTrust = { name: '验证者甲.json', bytes: TRUST };
  const stranger: NamedTrust = {
    name: 'stranger.json',
    bytes: changed((network) => {
      network.chainId = '7';
    }),
  };
  const broken: NamedTrust = { name: 'broken.json', bytes: new TextEncoder().encode('{}') };
  let pages: WebPages;
  let TrustList: typeof List;
  before(async () => {
    pages = await openWebPages();
    ({ TrustList } = await pages.load<{ TrustList: typeof List }>('lookup/views/trust-list.tsx'));
  });
  after(() => pages.stop());

  const verified = async (...files: NamedTrust[]) => {
    const trust = visitorTrust(files);
    if (!good || !trust) throw new RangeError('no case');
    const hand = { proof: read(good.file), source: 'none', files: [], now: new Date(good.now) } as const;
    return verifyProof({ ...hand, trust });
  };
  const listOf = (files: NamedTrust[], language: Language = 'zh') =>
    createElement(TrustList, { files, texts: lookupTexts[language], onRemove: () => undefined });

  it('when one of them does not name the chain › the worst result counts, in any order', async () => {
    const alone = await verified(ours);
    expect([alone.report.verdict, alone.underEach]).to.deep.equal(['verified', undefined]);
    for (const files of [
      [ours, stranger],
      [stranger, ours],
    ]) {
      const { report, trust, underEach = [] } = await verified(...files);
      expect(report.exitCode).to.equal(1);
      expect(trust.bytes).to.equal(stranger.bytes);
      const exits = new Map(underEach.map((each) => [each.trust.bytes, each.report.exitCode]));
      expect(files.map(({ bytes }) => exits.get(bytes))).to.deep.equal(files.map((file) => (file === ours ? 0 : 1)));
    }
  });

  it('when one cannot be read › nothing is decided, unless another one refuses', async () => {
    expect((await verified(ours, broken)).report.exitCode).to.equal(2);
    expect((await verified(broken, stranger)).report.exitCode).to.equal(1);
    expect(pages.textOf(listOf([ours, broken]))).to.include('未能比较');
  });

  it('when results are alike › the first one counts', () => {
    const [one, other] = [{ report: { exitCode: 1 as const } }, { report: { exitCode: 1 as const } }];
    expect(worstOf([one, other])).to.equal(one);
  });

  it('when a file is given again › is there once, under its newest name', () => {
    const again = { name: 'again.json', bytes: ours.bytes.slice() };
    expect(withTrust([ours, stranger], again)).to.deep.equal([again, stranger]);
    expect(withTrust([ours], stranger)).to.deep.equal([ours, stranger]);
  });

  it('when they differ › names each difference and what each file says, as inkseal-verify does', () => {
    const bytes = changed(({ registries: [registry] }) => {
      if (registry) registry.codeHash = `0x${'5'.repeat(64)}`;
    });
    const other = { name: '乙.json', bytes };
    for (const [language, labels] of [
      ['zh', chinese.labels],
      ['en', english.labels],
    ] as const) {
      const text = pages.textOf(listOf([ours, other], language), language);
      expect(text).to.include(labels['trust-differences']).and.include(`codeHash`).and.include('5'.repeat(64));
      expect(text).to.include('验证者甲.json').and.include('乙.json');
      const same = pages.textOf(
        listOf([ours, { ...ours, bytes: new Uint8Array([...ours.bytes, 10]) }], language),
        language,
      );
      expect(same).to.include(labels['trust-agree']);
      expect(lookupTexts[language].trusts.nothing).to.equal(labels['says-nothing']);
    }
  });
});

// SPDX-License-Identifier: Apache-2.0
// Several trust files: which result counts, what is said of each, and the same words as inkseal-verify.
import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseTrustKey } from '@inkseal/verifier/signatures';
import { expect } from 'chai';
import { createElement } from 'react';
import { english } from '../../../verifier/cli/messages.en.ts';
import { chinese } from '../../../verifier/cli/messages.zh.ts';
import { openWebPages, type WebPages } from '../../testing/web-pages.ts';
import type { Language } from '../i18n/language.ts';
import { withSignings } from './signing.ts';
import { lookupTexts } from './texts/index.ts';
import {
  type GivenTrust,
  type NamedBytes,
  type NamedKey,
  type NamedTrust,
  NOTHING_GIVEN,
  refusalOf,
  visitorTrust,
  withOne,
  withoutOne,
  worstOf,
} from './trust.ts';
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
    const trust = visitorTrust({ ...NOTHING_GIVEN, files });
    if (!good || !trust) throw new RangeError('no case');
    const hand = { proof: read(good.file), source: 'none', files: [], now: new Date(good.now) } as const;
    return verifyProof({ ...hand, trust });
  };
  const listOf = (files: NamedTrust[], language: Language = 'zh') => drawn({ ...NOTHING_GIVEN, files }, language);
  const drawn = (given: GivenTrust, language: Language = 'zh') =>
    createElement(TrustList, { given, texts: lookupTexts[language], onRemove: () => undefined });

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
    expect(withOne([ours, stranger], again)).to.deep.equal([again, stranger]);
    expect(withOne([ours], stranger)).to.deep.equal([ours, stranger]);
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

  describe('with signatures', () => {
    const keyOf = (name: string) => {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      const key = parseTrustKey(new TextEncoder().encode(String(publicKey.export({ type: 'spki', format: 'pem' }))));
      if (!key) throw new RangeError('no key');
      const named: NamedKey = { ...key, name };
      return { key: named, over: (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey)) };
    };
    const court = keyOf('court.pem');
    const library = keyOf('library.pem');
    // As `npm run trust -- --sign` writes it: every organisation's files have the same names.
    const published = (by: ReturnType<typeof keyOf>, bytes: Uint8Array) => ({
      file: { name: 'trust.json', bytes },
      signature: { name: 'trust.json.sig', bytes: by.over(bytes) },
    });
    const ofCourt = published(court, ours.bytes);
    const ofLibrary = published(library, stranger.bytes);
    const given = (files: NamedBytes[], signatures: NamedBytes[], keys: NamedKey[]) =>
      withSignings({ files, signatures, keys });
    const standings = ({ files }: GivenTrust) => files.map(({ signing }) => signing?.standing);
    const both = given(
      [ofCourt.file, ofLibrary.file],
      [ofLibrary.signature, ofCourt.signature],
      [library.key, court.key],
    );

    it('when all files have one name › finds who signed which, and shows it in either language', () => {
      expect(standings(both)).to.deep.equal(['good', 'good']);
      expect(refusalOf(both)).to.equal(undefined);
      for (const language of ['zh', 'en'] as const) {
        const text = pages.textOf(drawn(both, language), language).replaceAll(' ', '');
        expect(text).to.include('court.pem').and.include(court.key.fingerprint).and.include(library.key.fingerprint);
        expect(text).to.include(lookupTexts[language].trusts.keyNote.replaceAll(' ', ''));
      }
    });

    it('when one was changed › refuses all, and only that one is bad', () => {
      const changedFile = { ...ofLibrary.file, bytes: new Uint8Array([...ofLibrary.file.bytes, 10]) };
      const judged = given([ofCourt.file, changedFile], [...both.signatures], [...both.keys]);
      expect([standings(judged), refusalOf(judged)]).to.deep.equal([['good', 'bad'], 'trust-not-signed']);
      expect(pages.textOf(drawn(judged)))
        .to.include(lookupTexts.zh.trusts.bad)
        .and.include('没有签署以上任何信任文件');
    });

    it('when one has no signature of its own › does not take that of another for its bad one', () => {
      const judged = given([ofCourt.file, ofLibrary.file], [ofCourt.signature], [court.key]);
      expect([standings(judged), refusalOf(judged)]).to.deep.equal([['good', 'none'], 'trust-not-signed']);
    });

    it('when there is no key › requires no signature, and says that none was checked', () => {
      const judged = given([ofCourt.file, { ...ofLibrary.file, name: 'other.json' }], [ofCourt.signature], []);
      expect([standings(judged), refusalOf(judged)]).to.deep.equal([['unchecked', 'none'], undefined]);
      expect(pages.textOf(drawn(judged)))
        .to.include('未核对是谁签署的')
        .and.include('没有签名');
    });

    it('when there is a key and no file › refuses', () => {
      expect(refusalOf(given([], [], [court.key]))).to.equal('trust-key-alone');
    });

    it('when a signature is of none of the files › names it apart', () => {
      const judged = given([ofCourt.file], [ofCourt.signature, { ...ofLibrary.signature, name: 'x.sig' }], [court.key]);
      expect(refusalOf(judged)).to.equal(undefined);
      expect(pages.textOf(drawn(judged))).to.include('不属于以上任何信任文件的签名 x.sig');
    });

    it('when a file is removed › its signature goes with it, and a key is removed by itself', () => {
      const [first] = both.files;
      if (!first) throw new RangeError('no file');
      const left = withoutOne(both, first);
      expect([left.files.length, left.signatures.length, left.keys.length]).to.deep.equal([1, 1, 2]);
      expect(withoutOne(both, court.key).keys).to.deep.equal([library.key]);
    });
  });
});

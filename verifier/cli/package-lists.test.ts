// What a package says of itself and holds beside its originals: its lists, and the time stamps of its proof.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { type Bundle, parseBundle, sm3, timeStampsOf, toHex } from '../src/index.ts';
import { encodeReply, readReply } from '../src/timestamp/index.ts';
import { putFile, run, VECTORS, vector } from '../vectors/support/command.ts';
import { chainWitness } from '../vectors/witnesses/chain-witness.ts';
import { octets } from '../vectors/witnesses/der.ts';

type Entries = Record<string, Uint8Array>;

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const sumsOf = (entries: Entries): Uint8Array =>
  strToU8(
    Object.entries(entries)
      .map(([name, bytes]) => `${sha256Of(bytes)}  ${name}\n`)
      .join(''),
  );

/** A released proof with two time stamps, and its trust file. */
const LATER = join(VECTORS, '../v2');
const stampedBytes = () => readFileSync(join(LATER, 'good/openssl-both.proof.json'));
const STAMPED_TRUST = join(LATER, 'trust/d0b4110060e6751f.trust.json');

interface Given {
  proof: Uint8Array;
  trustArgs: string[];
}

describe('inkseal-verify on what a package lists and adds', () => {
  const folder = temporaryFolder();
  /** Exit code, code of the failure, how the entries stand to the proof, and what is printed. */
  async function judged({ proof, trustArgs }: Given, entries: Entries) {
    const zip = putFile(join(folder, 'package.zip'), zipSync({ '1.proof.json': proof, ...entries }));
    const { code, out } = await run([zip, ...trustArgs, '--json']);
    const { checks, facts } = JSON.parse(out);
    const failure = checks.find(({ outcome }: Record<string, string>) => outcome === 'failed')?.code;
    const roles = facts.package.map((entry: Record<string, string>) => `${entry.name} ${entry.role} ${entry.outcome}`);
    return { code, failure, roles, shown: (await run([zip, ...trustArgs])).out };
  }

  const plain = (): Given => {
    const { proof, trustArgs } = vector('good/file');
    return { proof: readFileSync(proof), trustArgs };
  };
  const stamped = (): Given => ({ proof: stampedBytes(), trustArgs: ['--trust', STAMPED_TRUST] });

  describe('with a manifest.json', () => {
    const page = strToU8('<html>');
    const listed = async (change: object = {}) => {
      const digests = { size: String(page.length), sha256: sha256Of(page), sm3: toHex(await sm3(page)) };
      return strToU8(JSON.stringify({ v: 1, files: [{ name: 'verify.html', ...digests, ...change }] }));
    };
    const judgedWith = async (manifest: Uint8Array) =>
      judged(plain(), {
        'verify.html': page,
        'manifest.json': manifest,
        SHA256SUMS: sumsOf({ '1.proof.json': plain().proof, 'manifest.json': manifest }),
      });

    it('when it fits › accounts for what it lists, without a row in SHA256SUMS', async () => {
      const { code, roles } = await judgedWith(await listed());
      expect([code, ...roles]).to.deep.equal([
        0,
        'verify.html listed match',
        'manifest.json listed match',
        'SHA256SUMS sums not-compared',
      ]);
      // Older packages may hold files without SM3.
      expect((await judgedWith(await listed({ sm3: undefined, size: undefined }))).roles[0]).to.equal(roles[0]);
    });

    it('when one of its digests or sizes is another, though the sums list it so › fails and names the entry', async () => {
      for (const change of [{ sha256: 'f'.repeat(64) }, { sm3: 'f'.repeat(64) }, { size: '7' }]) {
        const { code, failure, roles } = await judgedWith(await listed(change));
        expect([code, failure, roles[0]]).to.deep.equal([1, 'entry-altered', 'verify.html listed mismatch']);
      }
    });

    it('when it is of another form › lists nothing', async () => {
      const whole = Buffer.from(await listed()).toString();
      for (const text of [
        '',
        '[]',
        '{"files":[1]}',
        '{"files":{}}',
        whole.slice(1),
        whole.replace('"v":1', '"v":1,"v":1'),
      ]) {
        const { code, roles } = await judgedWith(strToU8(text));
        expect([code, roles[0]], text).to.deep.equal([0, 'verify.html unaccounted not-compared']);
      }
    });
  });

  describe('with time stamps', () => {
    const stamps = () => timeStampsOf(parseBundle(stampedBytes()));

    it('when they are those of the proof › says so, whatever the sums list', async () => {
      const [one, two] = stamps();
      expect(two).to.not.equal(undefined);
      const { code, roles } = await judged(stamped(), {
        'timestamp.tsr': one ?? new Uint8Array(),
        'timestamp-2.tsr': two ?? new Uint8Array(),
      });
      expect([code, ...roles]).to.deep.equal([0, 'timestamp.tsr time-stamp match', 'timestamp-2.tsr time-stamp match']);
    });

    it('when one is another, bare, or the proof has none › fails and names it', async () => {
      const [token = new Uint8Array()] = stamps();
      const cases: [Given, Uint8Array][] = [
        [stamped(), token.with(token.length - 1, (token.at(-1) ?? 0) ^ 1)],
        [stamped(), readReply(token)],
        [plain(), token],
      ];
      for (const [given, bytes] of cases) {
        const sums = sumsOf({ 'timestamp.tsr': bytes });
        const { code, failure, roles, shown } = await judged(given, { 'timestamp.tsr': bytes, SHA256SUMS: sums });
        expect([code, failure, roles[0]]).to.deep.equal([1, 'entry-unrecorded', 'timestamp.tsr time-stamp mismatch']);
        expect(shown).to.match(/timestamp\.tsr.*IS NO TIME STAMP OF THIS PROOF/);
      }
    });

    it('gives a token of any length in an answer that is read again', () => {
      for (const size of [0, 100, 119, 120, 127, 128, 240, 255, 256, 65_535, 65_536]) {
        const token = octets(new Uint8Array(size));
        expect(readReply(encodeReply(token)), String(size)).to.deep.equal(token);
      }
    });

    it('gives none for a renewal, which is no stamp of the root, or for a second chain', () => {
      const { witnesses: [one] = [], ...rest } = parseBundle(stampedBytes());
      if (one?.kind !== 'rfc3161') throw new TypeError('the vector has a token');
      const renewed: Bundle = {
        ...rest,
        witnesses: [one, { ...one, kind: 'renewal' }, chainWitness({ bundle: rest })],
      };
      expect(timeStampsOf(renewed)).to.have.length(1);
    });
  });
});

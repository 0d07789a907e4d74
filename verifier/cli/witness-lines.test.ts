import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { MAX_FILE_SIZE, parseTrustFile } from '../src/index.ts';
import { putFile, run } from '../vectors/support/command.ts';
import { hasOpenssl } from '../vectors/witnesses/openssl.ts';

const V2 = fileURLToPath(new URL('../vectors/v2/', import.meta.url));
const { cases } = JSON.parse(readFileSync(join(V2, 'index.json'), 'utf8'));
const vectorV2 = (name: string) => {
  const { file, trust } = cases.find((one: { name: string }) => one.name === name);
  return { proof: join(V2, file), trust: join(V2, trust) };
};
const LATER = fileURLToPath(new URL('../vectors/v2-later/', import.meta.url));
const later = (name: string): [string, string] => {
  const index = JSON.parse(readFileSync(join(LATER, 'index.json'), 'utf8'));
  const { file, trust } = index.cases.find((one: { name: string }) => one.name === name);
  return [join(LATER, file), join(LATER, trust)];
};
/** The released tokens of `openssl ts` say the day on which they were made. */
const { proof, trust } = vectorV2('good/openssl-ecdsa');

describe('inkseal-verify on witnesses', () => {
  const folder = temporaryFolder();

  it('when a token is trusted › says by when, in the time of the language, and by whom', async () => {
    const english = await run([proof, '--trust', trust]);
    expect(english.code, english.err).to.equal(0);
    expect(english.out).to.match(/witnessed no later than +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n/);
    expect(english.out).to.include('ECDSA test root');
    const chinese = await run([proof, '--trust', trust, '--lang', 'zh']);
    expect(chinese.out).to.match(/不晚于此时已有见证 +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d（北京时间）\n/);
    const { facts } = JSON.parse((await run([proof, '--trust', trust, '--json'])).out);
    expect(facts.witnesses).to.have.length(1);
    expect(facts.witnesses[0]).to.deep.include({ kind: 'rfc3161', time: facts.witnessedNoLaterThan });
  }).timeout(120_000);

  it('when no authority is trusted › names nobody and gives no command', async () => {
    const stranger = vectorV2('trust/other-authority');
    const { out } = await run([stranger.proof, '--trust', stranger.trust]);
    expect(out).to.include('not an authority of your trust file').and.include('witness-untrusted');
    expect(out).to.not.include('openssl ts').and.not.include('witnessed no later than');
  }).timeout(120_000);

  (hasOpenssl() ? it : it.skip)('the commands for a court › verify the token with OpenSSL alone', async () => {
    const { out } = await run([proof, '--trust', trust]);
    const commands = out.split('\n').filter((line) => /^ {2}(printf|sed|openssl) /.test(line));
    expect(commands).to.have.length(3);
    const at = folder;
    writeFileSync(join(at, 'proof.json'), readFileSync(proof));
    writeFileSync(join(at, 'authority.pem'), parseTrustFile(readFileSync(trust)).timestampAuthorities.join(''));
    const shell = (script: string) => execFileSync('sh', ['-ec', script], { cwd: at, encoding: 'utf8', stdio: 'pipe' });
    expect(shell(commands.join('\n'))).to.include('Verification: OK');
    const changed = commands.map((command) => command.replace(/printf '\\\d{3}/, "printf '\\001"));
    expect(() => shell(changed.join('\n'))).to.throw();
  }).timeout(120_000);

  it('when a second chain is a witness › names chain, contract and time, and why a hint does not count', async () => {
    const shown = async (name: string, ...more: string[]) => {
      const [at, under] = later(name);
      return (await run([at, '--trust', under, ...more])).out.split('\n').filter((line) => /witness|见证/.test(line));
    };
    const english = (await shown('good/second-chain-beside-own')).join('\n');
    expect(english).to.match(/witnessed no later than +2026-11-22 06:00:06 UTC\n/);
    expect(english).to.match(/witness +0x[0-9a-f]{40} on chain 7788, not counted: it is the proof's own chain\n/);
    expect(english).to.match(/witness +2026-11-22 06:00:06 UTC, 0x[0-9a-f]{40} on chain 9900\n/);
    expect((await shown('hint/unknown-chain')).join()).to.match(/0x[0-9a-f]{40} on chain 9901, only a hint: /);
    const chinese = (await shown('good/second-chain-beside-own', '--lang=zh')).join('\n');
    expect(chinese).to.match(/见证 +2026-11-22 14:00:06（北京时间），链 9900 上的 0x[0-9a-f]{40}\n/);
    expect(chinese).to.match(/见证 +链 7788 上的 0x[0-9a-f]{40}，不计：/);
  }).timeout(120_000);

  it('when the proof is compressed › reads it as it is', async () => {
    const packed = putFile(join(folder, 'a.proof.json.gz'), gzipSync(readFileSync(proof)));
    const { code, out } = await run([packed, '--trust', trust, '--json']);
    expect(code).to.equal(0);
    const plain = JSON.parse((await run([proof, '--trust', trust, '--json'])).out);
    expect(JSON.parse(out).run.proofSha256).to.equal(plain.run.proofSha256);
  }).timeout(120_000);

  it('when what is compressed is damaged or too large › refuses it', async () => {
    const packed = gzipSync(readFileSync(proof));
    const damaged = putFile(join(folder, 'damaged.proof.json.gz'), packed.subarray(0, packed.length - 9));
    expect((await run([damaged])).code).to.equal(2);
    const bomb = putFile(join(folder, 'bomb.proof.json.gz'), gzipSync(Buffer.alloc(256 * MAX_FILE_SIZE)));
    const { code, out } = await run([bomb, '--json']);
    expect({ code, error: JSON.parse(out).error.code }).to.deep.equal({ code: 1, error: 'too-large' });
  }).timeout(120_000);
});

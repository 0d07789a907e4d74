import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { putFile, run, vector } from '../vectors/support/command.ts';
import { english } from './messages.en.ts';
import { chinese } from './messages.zh.ts';

describe('inkseal-verify, given several trust files', () => {
  const folder = temporaryFolder();
  const put = (name: string, bytes: Uint8Array | string): string => putFile(join(folder, name), bytes);
  const { proof, trustArgs } = vector('good/file');
  const [, published = ''] = trustArgs;
  const text = readFileSync(published, 'utf8');

  const organisation = (name: string) => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = put(`${name}.pem`, publicKey.export({ type: 'spki', format: 'pem' }));
    const publish = (bytes: string) => {
      const file = put(`${name}.trust.json`, bytes);
      put(`${name}.trust.json.sig`, sign(null, Buffer.from(bytes), privateKey));
      return file;
    };
    const der = publicKey.export({ type: 'spki', format: 'der' });
    return { key, publish, privateKey, fingerprint: createHash('sha256').update(der).digest('hex') };
  };
  const court = organisation('court');
  const library = organisation('library');
  const retired = JSON.stringify(JSON.parse(text), (name, value) =>
    name === 'validators' ? value.map((one: object) => ({ ...one, address: addressAfter(one) })) : value,
  );

  it('when they agree › judges the proof under each, and says who signed which', async () => {
    const files = [court.publish(text), library.publish(text.replace(/"name":\s*"[^"]*"/, '"name":"library"'))];
    const { code, out, err } = await run([
      proof,
      ...files.flatMap((file) => ['--trust', file]),
      ...[court.key, library.key].flatMap((key) => ['--trust-key', key]),
    ]);
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    const digest = createHash('sha256').update(text).digest('hex');
    expect(out).to.include(`  verified: ${files[0]}, signed by court.pem, SHA-256 ${digest}`);
    expect(out).to.include(`  verified: ${files[1]}, signed by library.pem`);
    expect(out).to.include(`    ${english.labels['key-fingerprint']}: ${court.fingerprint}\n`);
    expect(out).to.match(new RegExp(`${english.labels['trust-agree']}\n$`));
  });

  it('when one names other validators › the worst result counts, and the place is named in either language', async () => {
    const files = ['--trust', court.publish(text), '--trust', library.publish(retired)];
    const { code, out } = await run([proof, ...files, '--json']);
    const report = JSON.parse(out);
    expect([code, report.verdict]).to.deep.equal([1, 'not-verified']);
    expect(report.trustFiles.map(({ verdict }: { verdict: string }) => verdict)).to.deep.equal([
      'verified',
      'not-verified',
    ]);
    expect(report.trustDifferences).to.have.length.above(0);
    const inChinese = await run([proof, ...files, '--lang', 'zh']);
    expect(inChinese.out).to.match(/^核验未通过/);
    expect(inChinese.out).to.include(`${chinese.labels['trust-differences']}：\n  network `);
  });

  it('when one cannot be read as a trust file › decides nothing', async () => {
    const { code, out } = await run([proof, '--trust', court.publish(text), '--trust', put('broken.json', '{}')]);
    expect(code).to.equal(2);
    expect(out).to.include('trust-malformed').and.not.to.include(english.labels['trust-agree']);
  });

  const refused: Record<string, [args: () => string[], sentence: string]> = {
    'was changed after it was signed': [
      () => [court.publish(text), put('court.trust.json', `${text} `), court.key],
      english.inputs['trust-not-signed'],
    ],
    'was signed with another key': [() => ['', library.publish(text), court.key], english.inputs['trust-not-signed']],
    'has a signature of another length': [
      () => [court.publish(text), join(folder, 'court.trust.json'), put('court.trust.json.sig', 'x') && court.key],
      english.inputs['trust-not-signed'],
    ],
    'has no signature': [() => ['', put('bare.json', text), court.key], english.inputs['cannot-read']],
  };
  for (const [condition, [args, sentence]] of Object.entries(refused)) {
    it(`when one ${condition} › exits with 2, and names it`, async () => {
      const [, trust = '', key = ''] = args();
      const { code, out, err } = await run([proof, '--trust', trust, '--trust-key', key]);
      expect([code, out]).to.deep.equal([2, '']);
      expect(err).to.include(
        sentence.replace('{}', sentence === english.inputs['cannot-read'] ? `${trust}.sig` : trust),
      );
    });
  }

  it('when a key is no public key, a private one, or stands alone › exits with 2, and says so', async () => {
    const secret = put('secret.pem', court.privateKey.export({ type: 'pkcs8', format: 'pem' }));
    for (const key of [put('no.pem', 'x'), secret]) {
      const { code, err } = await run([proof, '--trust', court.publish(text), '--trust-key', key]);
      expect(code).to.equal(2);
      expect(err).to.include(english.inputs['no-trust-key'].replace('{}', key));
    }
    const alone = await run([proof, '--trust-key', court.key]);
    expect([alone.code, alone.err]).to.deep.equal([2, `inkseal-verify: ${english.inputs['trust-key-alone']}\n`]);
  });
});

function addressAfter(validator: object): string {
  return `0x${createHash('sha256').update(JSON.stringify(validator)).digest('hex').slice(0, 40)}`;
}

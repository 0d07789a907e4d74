// SPDX-License-Identifier: Apache-2.0
// What a court reads and types: the commands of the README, run as they stand there.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fromHex, timeStampsOf } from '@inkseal/verifier';
import { expect } from 'chai';
import { printedCertificate } from '../../../test/support/printed-certificate.ts';
import { printedRegistration } from '../../../test/support/printed-registration.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { makeWorld } from '../../../verifier/vectors/support/world.ts';
import { ecKey, issue, pemOf, timeStamping } from '../../../verifier/vectors/witnesses/certificates.ts';
import { opensslStamp } from '../../../verifier/vectors/witnesses/openssl.ts';
import { englishReadme } from './package-readme.en.ts';
import { chineseReadme } from './package-readme.zh.ts';

describe('the README of an evidence package', () => {
  for (const [language, write] of [
    ['English', englishReadme],
    ['Chinese', chineseReadme],
  ] as const) {
    it(`when the proof has a time stamp, in ${language} › gives commands that check it with OpenSSL alone`, async () => {
      const { timeStamp, facts, authority } = await stamped();
      const readme = write({ ...printedCertificate({ files: 1 }), facts, originals: [], documents: [] });
      expect(readme).to.include('| timestamp.tsr |');
      const two = write({
        ...printedCertificate({ files: 1 }),
        ...{ facts: { ...facts, tokens: 2 }, originals: [], documents: [] },
      });
      expect(two).to.include('| timestamp.tsr, timestamp-2.tsr |');
      const [, commands = ''] = /```sh\n(.*)\n```/s.exec(readme) ?? [];
      expect(run(commands, { timeStamp, authority })).to.equal(0);
      const stranger = pemOf(issue({ name: 'Stranger', key: ecKey(), isAuthority: true }));
      expect(run(commands, { timeStamp, authority: stranger })).to.equal(1);
    });

    it(`when the proof has none, in ${language} › says nothing of time stamps`, () => {
      const readme = write({ ...printedCertificate({ files: 1 }), originals: [], documents: [] });
      expect(readme)
        .to.include('| manifest.json |')
        .and.not.match(/RFC 3161|openssl|\.tsr/);
    });

    it(`in ${language} › says when, and at which place of its batch, the record came on the chain`, () => {
      const readme = write({ ...printedCertificate({ files: 1 }), originals: [], documents: [] });
      expect(readme)
        .to.match(/2026-11-22 12:59:58 (至|and) 2026-11-22 13:00:04/)
        .and.match(/Entry 13 of 300 in batch 7|第 7 批（共 300 条）的第 13 条/)
        .and.match(/2026-11-22 13:00:00/);
    });

    it(`when it is a registration, in ${language} › names its number, and says what a test number is worth`, () => {
      const readme = write({ ...printedRegistration({ files: 1 }), originals: [], documents: [] });
      expect(readme)
        .to.include('测作登字-2026-F-00000001')
        .and.include('rights')
        .and.match(/不具法律效力|without legal effect/);
      expect(readme)
        .to.match(/作品登记证书|certificate of copyright registration/)
        .and.not.match(/存证人|[Dd]epositor|undefined/);
    });
  }
});

async function stamped() {
  const { bundle } = await makeWorld();
  const { root } = bundle.anchor.batch;
  const issuer = issue({ name: 'Time root', key: ecKey(), isAuthority: true });
  const token = opensslStamp(fromHex(root), timeStamping({ name: 'Time', key: ecKey(), issuer }), [issuer]);
  const witnesses = [{ kind: 'rfc3161', token: Buffer.from(token).toString('base64') }] as const;
  const [timeStamp] = timeStampsOf({ ...bundle, witnesses });
  const { facts } = printedCertificate({ files: 1 });
  const { record } = facts;
  return {
    timeStamp: timeStamp ?? new Uint8Array(),
    facts: { ...facts, tokens: 1, record: { ...record, anchor: { ...record.anchor, root } } },
    authority: pemOf(issuer),
  };
}

/** The exit code of the last command, in a folder like the package's. */
function run(commands: string, { timeStamp, authority }: { timeStamp: Uint8Array; authority: string }): number | null {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'timestamp.tsr'), timeStamp);
  writeFileSync(path.join(cwd, 'authority.pem'), authority);
  return spawnSync('sh', ['-c', commands], { cwd }).status;
}

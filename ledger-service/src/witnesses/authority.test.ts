// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { ecKey, issue, pemOf, rsaKey } from '../../../verifier/vectors/witnesses/certificates.ts';
import { StartError } from '../errors.ts';
import { loadAuthorities } from './authority.ts';

describe('loadAuthorities', () => {
  const folder = temporaryFolder();
  const pem = pemOf(issue({ name: 'Time', key: ecKey(), isAuthority: true }));
  const fileOf = (name: string, text: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  const load = (...files: string[]) =>
    loadAuthorities({
      authorities: files.map((certificateFile, at) => ({
        name: `tsa-${at}`,
        url: 'http://127.0.0.1:1',
        certificateFile,
      })),
    });

  it('when a file has words around its certificate › reads the certificate', () => {
    expect(load(fileOf('words.pem', `Issuer: Time\r\n${pem.replaceAll('\n', '\r\n')}`))[0]?.certificate).to.equal(pem);
  });

  for (const [title, text] of [
    ['is empty', ''],
    ['has two certificates', pem + pemOf(issue({ name: 'Other', key: ecKey() }))],
    ['has a damaged certificate', pem.replace(/\n[A-Za-z0-9+/]{64}\n/, '\n')],
    ['has a certificate with a short key', pemOf(issue({ name: 'Short', key: rsaKey(1024) }))],
  ] as const)
    it(`when a certificate file ${title} › refuses with the setting and the authority's name`, () => {
      expect(() => load(fileOf('bad.pem', text))).to.throw(
        StartError,
        /^config-invalid: TIMESTAMP_AUTHORITIES: tsa-0: /,
      );
    });

  it('when a certificate file is missing › refuses with the setting and the name', () => {
    expect(() => load(path.join(folder, 'none.pem'))).to.throw(
      StartError,
      /TIMESTAMP_AUTHORITIES: tsa-0: .*cannot be read/,
    );
  });

  it('when two authorities have one certificate › refuses: readers would count one witness', () => {
    const file = fileOf('one.pem', pem);
    expect(() => load(file, file)).to.throw(StartError, /tsa-1: .*same certificate/);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { loadConfig } from './config.ts';
import { StartError } from './errors.ts';

const REQUIRED = {
  PORTAL_DATABASE_URL: 'postgresql://u:secret@127.0.0.1:5433/portal',
  INKSEAL_DATA: '/srv/inkseal',
  LEDGER_API_KEY_FILE: '/srv/inkseal/keys/ledger-api-key',
};

describe('loadConfig', () => {
  it('with what is required › fills in the rest, and cannot be changed', () => {
    const config = loadConfig(REQUIRED);
    expect(config).to.include({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      isHttps: false,
      ledgerUrl: 'http://127.0.0.1:8081',
      keyFile: '/srv/inkseal/keys/portal-master-key.json',
      paymentAmountFen: 3_000,
      rateLimitScale: 1,
    });
    expect(Object.isFrozen(config)).to.equal(true);
  });

  it('when limits of uploads are set › takes each in its unit', () => {
    const { uploadLimits } = loadConfig({
      ...REQUIRED,
      DISK_RESERVE_MIB: '2',
      UPLOAD_UNFINISHED_FILES: '3',
      UPLOAD_UNFINISHED_MIB: '4',
      UPLOAD_UNUSED_FILES: '5',
      UPLOAD_UNUSED_MIB: '6',
      UPLOAD_UNVERIFIED_FILES: '7',
      UPLOAD_UNVERIFIED_MIB: '8',
      UPLOAD_UNFINISHED_HOURS: '9',
      UPLOAD_UNUSED_HOURS: '10',
    });
    const mib = 1_048_576;
    expect(uploadLimits).to.deep.include({
      reserveBytes: 2 * mib,
      verified: { unfinishedFiles: 3, unfinishedBytes: 4 * mib, unusedFiles: 5, unusedBytes: 6 * mib },
      unverified: { unfinishedFiles: 7, unfinishedBytes: 8 * mib, unusedFiles: 7, unusedBytes: 8 * mib },
      unfinishedMs: 9 * 3_600_000,
      unusedMs: 10 * 3_600_000,
    });
  });

  it('when several keys are missing or malformed › names them all and repeats no value', () => {
    const error = failureOf({ PORTAL_DATABASE_URL: 'mysql://secret', PORT: '99999', PAYMENT_AMOUNT_FEN: '1.5' });
    expect(error?.code).to.equal('config-invalid');
    for (const key of ['PORTAL_DATABASE_URL', 'PORT', 'PAYMENT_AMOUNT_FEN', 'INKSEAL_DATA', 'LEDGER_API_KEY_FILE']) {
      expect(error?.message).to.include(key);
    }
    expect(error?.message).to.not.include('secret');
  });

  it('when a variable is empty › takes it as not set', () => {
    expect(loadConfig({ ...REQUIRED, REDIS_URL: '', PORT: '' })).to.include({ redisUrl: undefined, port: 8080 });
  });

  for (const [name, environment] of Object.entries({
    'in production': { NODE_ENV: 'production' },
    'off loopback': { PORTAL_HOST: '0.0.0.0' },
  })) {
    it(`${name} › refuses the development drivers, and says which`, () => {
      const error = failureOf({ ...REQUIRED, ...environment, SEED_REVIEWER_FILE: '/x', CRASH_AT: 'pdf' });
      expect(error?.code).to.equal('development-driver-refused');
      for (const key of ['SMS_DRIVER', 'MAIL_DRIVER', 'PAYMENT_DRIVER', 'SEED_REVIEWER_FILE', 'CRASH_AT'])
        expect(error?.message).to.include(key);
    });
  }

  it('when a device signs certificates › wants all of its settings, no other signer, and reads the PIN’s line', () => {
    const folder = temporaryFolder();
    const file = (name: string, text: string) => {
      writeFileSync(path.join(folder, name), text);
      return path.join(folder, name);
    };
    const device = {
      DOCUMENT_SIGNER_PKCS11_MODULE: '/usr/lib/device.so',
      DOCUMENT_SIGNER_PKCS11_TOKEN_LABEL: 'centre',
      DOCUMENT_SIGNER_PKCS11_KEY_LABEL: 'certificates',
      DOCUMENT_SIGNER_PIN_FILE: file('pin', '0000 1\r\n'),
      DOCUMENT_SIGNER_CERTIFICATES_FILE: file('chain', 'PEM'),
    };
    expect(loadConfig({ ...REQUIRED, ...device }).documentSigner).to.deep.equal({
      device: {
        module: '/usr/lib/device.so',
        token: 'centre',
        key: 'certificates',
        pin: '0000 1',
        certificates: 'PEM',
      },
    });
    const { DOCUMENT_SIGNER_PIN_FILE: _, ...incomplete } = device;
    const other = { ...device, DOCUMENT_SIGNER_FILE: '/keys/centre.p12' };
    for (const settings of [incomplete, other, { ...device, DOCUMENT_SIGNER_PIN_FILE: '/none' }])
      expect(failureOf({ ...REQUIRED, ...settings })?.message).to.match(/^config-invalid: .*DOCUMENT_SIGNER_/);
  });

  it('reads a crash point with its passing', () => {
    const { crashAt } = loadConfig({ ...REQUIRED, CRASH_AT: 'submission-entry:3' });
    expect(crashAt).to.deep.equal({ point: 'submission-entry', passing: 3 });
    expect(failureOf({ ...REQUIRED, CRASH_AT: 'somewhere' })?.code).to.equal('config-invalid');
  });
});

function failureOf(environment: Record<string, string>): StartError | undefined {
  try {
    loadConfig(environment);
    return undefined;
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
}

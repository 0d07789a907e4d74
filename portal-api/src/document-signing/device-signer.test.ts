// SPDX-License-Identifier: Apache-2.0
// A signer whose key is in a device, by the module of SoftHSM.
import { randomBytes, verify, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { findSoftHsm, type SoftHsm, signerInDevice, startSoftHsm } from '../../../test/support/soft-hsm.ts';
import { ecKey, issue, pemOf } from '../../../verifier/vectors/witnesses/certificates.ts';
import type { DeviceSignerSettings } from '../document-signer-settings.ts';
import { attemptOutcome } from '../queue/failures.ts';
import { openDeviceSigner } from './device-signer.ts';
import type { DocumentSigner } from './document-signer.ts';
import { deviceOf } from './pkcs11.ts';

const module = findSoftHsm();
const isGood = async ({ certificates, sign }: DocumentSigner, bytes: Uint8Array) =>
  verify('sha256', bytes, new X509Certificate(certificates[0]).publicKey, await sign(bytes));

describe(`openDeviceSigner${module ? '' : ' (skipped: no SoftHSM with pkcs11js)'}`, function () {
  this.timeout(30_000);
  let device: SoftHsm;
  let settings: DeviceSignerSettings;
  before(async function () {
    if (!module) return this.skip();
    device = await startSoftHsm(module, 'centre');
    settings = await signerInDevice(device, 'EC:prime256v1');
  });

  it('when the key is of P-256 or RSA › signs many at once, each by the certificate of the key', async () => {
    const rsa = await signerInDevice(device, 'rsa:2048');
    for (const [each, algorithm] of [
      [settings, 'ES256'],
      [rsa, 'RS256'],
    ] as const) {
      const signer = await openDeviceSigner(each);
      expect(signer).to.include({ name: '中心（设备）', isDevelopment: false, algorithm });
      expect(signer.certificates).to.have.length(2);
      const many = await Promise.all(Array.from({ length: 60 }, () => isGood(signer, randomBytes(48))));
      expect(many).to.not.include(false);
    }
  });

  it('when the device goes away and comes back › the work waits, and goes on', async () => {
    const signer = await openDeviceSigner(settings);
    device.toggle();
    // SoftHSM looks for its tokens when somebody begins with it.
    await openDeviceSigner({ ...settings, token: 'none' }).catch(() => undefined);
    for (const _ of [1, 2]) {
      const error = await signer.sign(randomBytes(8)).catch((each) => each);
      expect(error).to.have.property('name', 'signer-unavailable');
      expect(attemptOutcome(error)).to.equal('outage');
    }
    device.toggle();
    expect(await isGood(signer, randomBytes(8))).to.equal(true);
  });

  const other = pemOf(issue({ name: 'Other', key: ecKey() }));
  for (const [what, change, words] of [
    ['is no module', { module: '/etc/hostname' }, /not a PKCS #11 module/],
    ['has no such token', { token: 'elsewhere' }, /no token elsewhere/],
    ['has no such key', { key: 'mislaid' }, /not exactly one private key mislaid/],
    ['has the key of another certificate', { certificates: other }, /of another key/],
    ['has no certificate beside it', { certificates: '' }, /no certificate/],
  ] satisfies [string, Partial<DeviceSignerSettings>, RegExp][])
    it(`when the device ${what} › refuses the start and says why, without the PIN`, async () => {
      const error = await openDeviceSigner({ ...settings, ...change }).catch((each) => each);
      expect(error).to.include({ code: 'signer-unusable' });
      expect(error.message).to.match(words).and.not.include(device.pin).and.not.include('00000000');
    });

  it('when two keys have the label › refuses the start: either could sign', async () => {
    for (const _ of [1, 2]) await device.makeKey('twice', 'EC:prime256v1');
    const error = await openDeviceSigner({ ...settings, key: 'twice' }).catch((each) => each);
    expect(error.message).to.include('not exactly one private key twice');
  });

  it('when the PIN is wrong › is not tried again, for devices lock themselves', async () => {
    const refused = await openDeviceSigner({ ...settings, pin: '00000000' }).catch((each) => each);
    expect(refused).to.include({ code: 'signer-pin-refused' });
    expect(refused.message).to.not.include('00000000');
    const { sign } = deviceOf({ ...settings, pin: '00000000' });
    const errors = [0, 1].map(() => sign(randomBytes(32), 'ES256').catch(({ message }) => message));
    expect(await errors[0]).to.equal('the device refuses the PIN');
    expect(await errors[1]).to.equal('the PIN was wrong before');
  });
});

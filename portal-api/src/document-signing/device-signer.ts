// SPDX-License-Identifier: Apache-2.0
// Signs with a key that never leaves its device. The certificates are in a file: devices keep them, if at all, each in its way.
import { createHash, randomBytes, verify, X509Certificate } from 'node:crypto';
import { createCMSECDSASignature } from 'pkijs';
import type { DeviceSignerSettings } from '../document-signer-settings.ts';
import { StartError } from '../errors.ts';
import { PartMissing } from '../queue/failures.ts';
import type { DocumentSigner } from './document-signer.ts';
import { type Device, deviceOf, PinRefused } from './pkcs11.ts';
import { algorithmOf, signerWith } from './signer-certificates.ts';

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Throws StartError `signer-unusable` and `signer-pin-refused`, which name what is wrong without the PIN. Its signatures throw PartMissing
 * `signer-unavailable` while the device is away: work waits and takes no harm.
 */
export async function openDeviceSigner({ certificates: pem, ...where }: DeviceSignerSettings): Promise<DocumentSigner> {
  const device = deviceOf(where);
  try {
    const certificates = (pem.match(PEM) ?? []).map((each) => new X509Certificate(each));
    const own = await requireKeyOf(certificates[0], device);
    return signerWith({
      certificates: certificates.map(({ raw }) => raw),
      isOwn: ({ fingerprint256 }) => fingerprint256 === own.fingerprint256,
      isDevelopment: false,
      async sign(bytes, algorithm) {
        try {
          return await signWith(device, bytes, algorithm);
        } catch (cause) {
          throw new PartMissing('signer-unavailable', 'the device that signs certificates', cause);
        }
      },
    });
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    if (cause instanceof PinRefused)
      throw new StartError('signer-pin-refused', `${where.token}: DOCUMENT_SIGNER_PIN_FILE has another PIN`, cause);
    const what = cause instanceof Error ? cause.message : 'it does not answer';
    throw new StartError(
      'signer-unusable',
      `the key ${where.key} of ${where.token} cannot be used with these certificates: ${what}`,
      cause,
    );
  }
}

async function requireKeyOf(own: X509Certificate | undefined, device: Device): Promise<X509Certificate> {
  if (!own) throw new RangeError('the file has no certificate');
  const bytes = randomBytes(32);
  const signature = await signWith(device, bytes, algorithmOf(own.publicKey));
  if (!verify('sha256', bytes, own.publicKey, signature))
    throw new RangeError('the first certificate is of another key');
  return own;
}

async function signWith(device: Device, bytes: Uint8Array, algorithm: DocumentSigner['algorithm']): Promise<Buffer> {
  if (algorithm === 'RS256') return device.sign(bytes, algorithm);
  const halves = await device.sign(createHash('sha256').update(bytes).digest(), algorithm);
  return Buffer.from(createCMSECDSASignature(Uint8Array.from(halves).buffer));
}

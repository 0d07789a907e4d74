// SPDX-License-Identifier: Apache-2.0
// The keys that WeChat Pay signs with, by serial: the public key that was configured, or platform certificates, which it renews
// without notice and which are fetched when an unknown serial appears. They come encrypted with the APIv3 key.
import { type KeyObject, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { WechatPaySettings } from '../../payment-settings.ts';
import { decrypted } from './signatures.ts';

/** Anybody can name an unknown serial: so many fetches within the time, and no more. */
const MOST_FETCHES = 5;
const FETCHES_WITHIN_MS = 5 * 60_000;

const certificatesSchema = z.object({
  data: z.array(z.object({ serial_no: z.string(), encrypt_certificate: z.unknown() })),
});

export type Certificates = ReadonlyMap<string, X509Certificate>;

export interface PlatformKeys {
  find(serial: string): Promise<KeyObject | undefined>;
}

/** `fetchCertificates` throws `payment-unavailable`. */
export function createPlatformKeys(
  { publicKey }: Pick<WechatPaySettings, 'publicKey'>,
  fetchCertificates: () => Promise<Certificates>,
): PlatformKeys {
  let certificates: Certificates = new Map();
  let fetches: number[] = [];
  let running: Promise<void> | undefined;
  const refresh = async () => {
    fetches = fetches.filter((at) => at > Date.now() - FETCHES_WITHIN_MS);
    if (fetches.length >= MOST_FETCHES) return;
    fetches.push(Date.now());
    certificates = await fetchCertificates();
  };
  return {
    async find(serial) {
      if (serial === publicKey?.id) return publicKey.key;
      if (!isValid(certificates.get(serial))) {
        running ??= refresh().finally(() => {
          running = undefined;
        });
        await running;
      }
      const certificate = certificates.get(serial);
      return isValid(certificate) ? certificate?.publicKey : undefined;
    },
  };
}

/** Those of them that open and are what they say. */
export function certificatesIn(answer: unknown, apiKey: Buffer): Certificates {
  const { data } = certificatesSchema.safeParse(answer);
  return new Map(
    (data?.data ?? []).flatMap(({ serial_no: serial, encrypt_certificate: encrypted }) => {
      const certificate = certificateIn(decrypted(encrypted, apiKey));
      return certificate && sameSerial(certificate.serialNumber, serial) ? [[serial, certificate] as const] : [];
    }),
  );
}

function certificateIn(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

const sameSerial = (one: string, other: string) => BigInt(`0x${one}`) === hexOf(other);
const hexOf = (text: string) => (/^[0-9A-Fa-f]{1,64}$/.test(text) ? BigInt(`0x${text}`) : undefined);

function isValid(certificate: X509Certificate | undefined): boolean {
  if (!certificate) return false;
  const now = new Date();
  return new Date(certificate.validFrom) <= now && now <= new Date(certificate.validTo);
}

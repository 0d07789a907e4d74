// SPDX-License-Identifier: Apache-2.0
// WeChat Pay v3: who signed what, in both directions (WECHATPAY2-SHA256-RSA2048), and the resources that it encrypts.
import { createDecipheriv, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { WechatPaySettings } from '../../payment-settings.ts';

/** What WeChat Pay allows between its clock and ours, either way. */
const CLOCK_TOLERANCE_SECONDS = 300;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Sent now and then, to see whether we look: these must be refused. */
const PROBE = 'WECHATPAY/SIGNTEST/';

export interface Signed {
  /** Reads one by its name in small letters. */
  header: (name: string) => unknown;
  body: Buffer;
}

export type FindKey = (serial: string) => Promise<KeyObject | undefined>;

/** An answer, or a notification. */
export async function isSignedByWechat({ header, body }: Signed, findKey: FindKey): Promise<boolean> {
  const read = (name: string) => String(header(`wechatpay-${name}`) ?? '');
  const [timestamp, nonce, signature, serial] = [read('timestamp'), read('nonce'), read('signature'), read('serial')];
  if (!timestamp || !nonce || !signature || !serial || signature.startsWith(PROBE)) return false;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Date.now() / 1_000 - Number(timestamp)) > CLOCK_TOLERANCE_SECONDS) return false;
  const key = await findKey(serial);
  if (!key) return false;
  const message = Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
  return verify('sha256', message, key, Buffer.from(signature, 'base64'));
}

/** Value of `Authorization`. */
export function authorizationOf(
  { merchantId, certificateSerial, key }: WechatPaySettings,
  { method, path, body }: { method: string; path: string; body: string },
): string {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const nonce = randomBytes(16).toString('hex');
  const message = [method, path, timestamp, nonce, body, ''].join('\n');
  const parts = {
    mchid: merchantId,
    nonce_str: nonce,
    timestamp,
    serial_no: certificateSerial,
    signature: sign('sha256', Buffer.from(message), key).toString('base64'),
  };
  const list = Object.entries(parts).map(([name, value]) => `${name}="${value}"`);
  return `WECHATPAY2-SHA256-RSA2048 ${list.join(',')}`;
}

const encryptedSchema = z.object({
  algorithm: z.literal('AEAD_AES_256_GCM'),
  ciphertext: z.string(),
  nonce: z.string(),
  associated_data: z.string().nullish(),
});

/** Undefined when it was changed on its way, or is for another key. */
export function decrypted(encrypted: unknown, apiKey: Buffer): string | undefined {
  const { data } = encryptedSchema.safeParse(encrypted);
  if (!data) return undefined;
  const nonce = Buffer.from(data.nonce);
  const bytes = Buffer.from(data.ciphertext, 'base64');
  if (nonce.length !== NONCE_BYTES || bytes.length < TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', apiKey, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  decipher.setAAD(Buffer.from(data.associated_data ?? ''));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

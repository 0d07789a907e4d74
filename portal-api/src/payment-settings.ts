// SPDX-License-Identifier: Apache-2.0
// Who takes the money: the sandbox, or the providers that the site has a contract with.
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { urlOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { contentOf, invalidSetting, isThisMachine, listOf, together } from './reading-settings.ts';

const text = (what: string) => z.string().min(1).optional().describe(what);

export const paymentSettings = {
  PAYMENT_DRIVER: z
    .enum(['sandbox', 'live'])
    .default('sandbox')
    .describe(
      '`live` takes money through Alipay, WeChat Pay or both, whichever is set up below; `sandbox` moves no money: development only',
    ),
  ALIPAY_APP_ID: text('Alipay: id of the application'),
  ALIPAY_SELLER_ID: text('Alipay: id of the merchant that gets the money (PID, 2088…)'),
  ALIPAY_KEY_FILE: text(
    'Alipay: file with the private key of the application (RSA2), PEM or as Alipay’s key tool writes it',
  ),
  ALIPAY_PUBLIC_KEY_FILE: text(
    'Alipay: file with Alipay’s public key, not the application’s; while it changes, several PEM keys one after another',
  ),
  ALIPAY_URL: urlOf('https:', 'http:')
    .prefault('https://openapi.alipay.com/gateway.do')
    .describe('Alipay: address of the gateway; http is for this machine alone'),
  WECHAT_PAY_APP_ID: text('WeChat Pay: id of the application'),
  WECHAT_PAY_MERCHANT_ID: text('WeChat Pay: number of the merchant'),
  WECHAT_PAY_KEY_FILE: text('WeChat Pay: file with the private key of the merchant’s API certificate, PEM'),
  WECHAT_PAY_CERTIFICATE_SERIAL: text('WeChat Pay: serial number of that certificate'),
  WECHAT_PAY_API_KEY_FILE: text('WeChat Pay: file with the APIv3 key, 32 characters'),
  WECHAT_PAY_PUBLIC_KEY_ID: text(
    'WeChat Pay: id of its public key (PUB_KEY_ID_…); without it, its platform certificates are fetched',
  ),
  WECHAT_PAY_PUBLIC_KEY_FILE: text('WeChat Pay: PEM file with that public key'),
  WECHAT_PAY_URL: urlOf('https:', 'http:')
    .prefault('https://api.mch.weixin.qq.com')
    .describe('WeChat Pay: address of the interface; http is for this machine alone'),
};

type Environment = z.output<z.ZodObject<typeof paymentSettings>> & { PUBLIC_URL?: string | undefined };

export interface AlipaySettings {
  url: string;
  appId: string;
  sellerId: string;
  key: KeyObject;
  /** Any of them may have signed. */
  publicKeys: readonly KeyObject[];
}

export interface WechatPaySettings {
  /** Without a slash at the end. */
  url: string;
  appId: string;
  merchantId: string;
  key: KeyObject;
  certificateSerial: string;
  /** 32 bytes. */
  apiKey: Buffer;
  publicKey: { id: string; key: KeyObject } | undefined;
}

export interface LivePayments {
  alipay: AlipaySettings | undefined;
  wechat: WechatPaySettings | undefined;
}

const ALIPAY = ['ALIPAY_APP_ID', 'ALIPAY_SELLER_ID', 'ALIPAY_KEY_FILE', 'ALIPAY_PUBLIC_KEY_FILE'] as const;
const WECHAT = [
  'WECHAT_PAY_APP_ID',
  'WECHAT_PAY_MERCHANT_ID',
  'WECHAT_PAY_KEY_FILE',
  'WECHAT_PAY_CERTIFICATE_SERIAL',
  'WECHAT_PAY_API_KEY_FILE',
] as const;
const WECHAT_PUBLIC_KEY = ['WECHAT_PAY_PUBLIC_KEY_ID', 'WECHAT_PAY_PUBLIC_KEY_FILE'] as const;

const API_KEY_BYTES = 32;
const LEAST_RSA_BITS = 2_048;

/** Undefined: the sandbox. */
export function livePaymentsOf(env: Environment): LivePayments | undefined {
  const alipay = together(env, ALIPAY);
  const wechat = together(env, WECHAT);
  const publicKey = together(env, WECHAT_PUBLIC_KEY);
  if (publicKey && !wechat) throw invalidSetting(`${listOf(WECHAT_PUBLIC_KEY)} need ${WECHAT[0]}`);
  if (env.PAYMENT_DRIVER === 'sandbox') {
    if (alipay || wechat) throw invalidSetting('ALIPAY_… and WECHAT_PAY_… need PAYMENT_DRIVER=live');
    return undefined;
  }
  if (!alipay && !wechat) throw invalidSetting(`PAYMENT_DRIVER=live needs ${listOf(ALIPAY)} or ${listOf(WECHAT)}`);
  return {
    alipay: alipay && { ...alipayOf(alipay), url: addressOf(env, 'ALIPAY_URL') },
    wechat: wechat && { ...wechatOf(wechat, publicKey), url: addressOf(env, 'WECHAT_PAY_URL').replace(/\/+$/, '') },
  };
}

function alipayOf(given: Record<(typeof ALIPAY)[number], string>): Omit<AlipaySettings, 'url'> {
  return {
    appId: given.ALIPAY_APP_ID,
    sellerId: given.ALIPAY_SELLER_ID,
    key: privateKeyOf('ALIPAY_KEY_FILE', given.ALIPAY_KEY_FILE),
    publicKeys: publicKeysOf('ALIPAY_PUBLIC_KEY_FILE', given.ALIPAY_PUBLIC_KEY_FILE),
  };
}

function wechatOf(
  given: Record<(typeof WECHAT)[number], string>,
  publicKey: Record<(typeof WECHAT_PUBLIC_KEY)[number], string> | undefined,
): Omit<WechatPaySettings, 'url'> {
  const apiKey = Buffer.from(contentOf('WECHAT_PAY_API_KEY_FILE', given.WECHAT_PAY_API_KEY_FILE).trim());
  if (apiKey.length !== API_KEY_BYTES) throw invalidSetting(`WECHAT_PAY_API_KEY_FILE: not ${API_KEY_BYTES} characters`);
  return {
    appId: given.WECHAT_PAY_APP_ID,
    merchantId: given.WECHAT_PAY_MERCHANT_ID,
    key: privateKeyOf('WECHAT_PAY_KEY_FILE', given.WECHAT_PAY_KEY_FILE),
    certificateSerial: given.WECHAT_PAY_CERTIFICATE_SERIAL,
    apiKey,
    publicKey: publicKey && {
      id: publicKey.WECHAT_PAY_PUBLIC_KEY_ID,
      key: publicKeyIn(
        'WECHAT_PAY_PUBLIC_KEY_FILE',
        contentOf('WECHAT_PAY_PUBLIC_KEY_FILE', publicKey.WECHAT_PAY_PUBLIC_KEY_FILE),
      ),
    },
  };
}

/** Providers tell over https alone, and nobody else may read what goes there. */
function addressOf(env: Environment, name: 'ALIPAY_URL' | 'WECHAT_PAY_URL'): string {
  const url = env[name];
  if (isThisMachine(url)) return url;
  if (new URL(url).protocol === 'http:') throw invalidSetting(`${name} must be https`);
  if (!env.PUBLIC_URL?.startsWith('https:'))
    throw invalidSetting('PAYMENT_DRIVER=live needs a PUBLIC_URL with https: providers send their notifications there');
  return url;
}

function privateKeyOf(setting: string, file: string): KeyObject {
  const content = contentOf(setting, file);
  const read = () => {
    if (content.includes('-----BEGIN')) return createPrivateKey(content);
    const der = Buffer.from(content, 'base64');
    try {
      return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    } catch {
      return createPrivateKey({ key: der, format: 'der', type: 'pkcs1' });
    }
  };
  return requireRsa(setting, read);
}

const PEM_PATTERN = /-----BEGIN [^-]+-----[^-]+-----END [^-]+-----/g;

function publicKeysOf(setting: string, file: string): KeyObject[] {
  const content = contentOf(setting, file);
  return (content.match(PEM_PATTERN) ?? [content]).map((text) => publicKeyIn(setting, text));
}

function publicKeyIn(setting: string, text: string): KeyObject {
  const isPem = text.includes('-----BEGIN');
  return requireRsa(setting, () =>
    createPublicKey(isPem ? text : { key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' }),
  );
}

function requireRsa(setting: string, read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    // What cannot be read may be a key all the same: none of it is repeated.
    throw invalidSetting(`${setting}: not a key`);
  }
  const isStrong = (key.asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_RSA_BITS;
  if (key.asymmetricKeyType !== 'rsa' || !isStrong)
    throw invalidSetting(`${setting}: not an RSA key of ${LEAST_RSA_BITS} bits or more`);
  return key;
}

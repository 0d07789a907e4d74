// SPDX-License-Identifier: Apache-2.0
// Alipay's gateway: what is signed (RSA2) in requests, answers and notifications.
import { type KeyObject, sign, verify } from 'node:crypto';

export type Parameters = Readonly<Record<string, string>>;

export function signatureOf(parameters: Parameters, key: KeyObject): string {
  return sign('sha256', Buffer.from(textOf(parameters)), key).toString('base64');
}

/** Every parameter that came counts, also those that we do not know. */
export function isSignedByAlipay(parameters: Parameters, keys: readonly KeyObject[]): boolean {
  const { sign: signature, sign_type: signType, ...signed } = parameters;
  return signType === 'RSA2' && isSignature(textOf(signed), signature, keys);
}

export function isSignature(text: string, signature: unknown, keys: readonly KeyObject[]): boolean {
  if (typeof signature !== 'string' || signature === '') return false;
  const bytes = Buffer.from(signature, 'base64');
  return keys.some((key) => verify('sha256', Buffer.from(text), key, bytes));
}

/** By name, in the order of their characters, without empty ones. */
function textOf(parameters: Parameters): string {
  return Object.entries(parameters)
    .filter(([name, value]) => name !== 'sign' && value !== '')
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Undefined for what names a parameter twice: readers could then differ about which one was signed. */
export function formIn(body: Buffer): Parameters | undefined {
  const entries = [...new URLSearchParams(body.toString('utf8'))];
  const isPlain = new Set(entries.map(([name]) => name)).size === entries.length;
  return isPlain ? Object.fromEntries(entries) : undefined;
}

/** The characters of a member of an object, which are what is signed: written anew, they would be others. */
export function memberText(json: string, name: string): string | undefined {
  const start = json.indexOf(`"${name}":{`);
  if (start < 0) return undefined;
  const from = json.indexOf('{', start + name.length);
  let depth = 0;
  let isText = false;
  for (let place = from; place < json.length; place += 1) {
    const mark = json[place];
    if (mark === '\\') place += 1;
    else if (mark === '"') isText = !isText;
    else if (!isText && mark === '{') depth += 1;
    else if (!isText && mark === '}') {
      depth -= 1;
      if (depth === 0) return json.slice(from, place + 1);
    }
  }
  return undefined;
}

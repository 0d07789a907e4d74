// SPDX-License-Identifier: Apache-2.0
// Requests to WeChat Pay v3. What it states is believed only under its signature.
import { parseJson } from '@inkseal/service-kit';
import type { WechatPaySettings } from '../../payment-settings.ts';
import { askProvider, noAnswer, type ProviderAnswer } from '../ask-provider.ts';
import { MAX_STATEMENT_BYTES } from '../statement-file.ts';
import { certificatesIn, createPlatformKeys, type PlatformKeys } from './platform-keys.ts';
import { authorizationOf, isSignedByWechat } from './signatures.ts';

export interface WechatAnswer {
  /** The provider's own word for a refusal; undefined when it did what was asked. */
  refusal: string | undefined;
  body: unknown;
}

export interface WechatClient {
  /** Throws `payment-unavailable` when the answer is none, or says that it should be asked later. */
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<WechatAnswer>;
  /** Bytes whose digest was stated before: they have no signature. */
  download(url: string): Promise<Buffer>;
  keys: PlatformKeys;
}

export function createWechatClient(settings: WechatPaySettings): WechatClient {
  const send = (method: 'GET' | 'POST', path: string, content?: object, maxBytes?: number) => {
    const body = content === undefined ? '' : JSON.stringify(content);
    const headers = {
      Authorization: authorizationOf(settings, { method, path, body }),
      Accept: 'application/json',
      'User-Agent': 'inkseal',
      ...(settings.publicKey && { 'Wechatpay-Serial': settings.publicKey.id }),
      ...(content && { 'Content-Type': 'application/json' }),
    };
    const request = { method, headers, ...(content && { body }), ...(maxBytes && { maxBytes }) };
    return askProvider(settings.url + path, request);
  };
  const keys = createPlatformKeys(settings, async () => {
    const answer = await send('GET', '/v3/certificates');
    if (answer.status !== 200) throw noAnswer(`certificates ${answer.status}`);
    const found = certificatesIn(parseJson(answer.body.toString('utf8')), settings.apiKey);
    // Signed with one of those that it brings.
    const isGenuine = await isSigned(answer, async (serial) => found.get(serial)?.publicKey);
    if (!isGenuine) throw noAnswer('signature');
    return found;
  });
  return {
    keys,
    async call(method, path, body) {
      const answer = await send(method, path, body);
      const content = parseJson(answer.body.toString('utf8'));
      if (answer.status >= 200 && answer.status < 300) {
        if (!(await isSigned(answer, keys.find))) throw noAnswer('signature');
        return { refusal: undefined, body: content };
      }
      return { refusal: refusalIn(answer.status, content), body: content };
    },
    async download(url) {
      const { origin, pathname, search } = new URL(url);
      if (origin !== new URL(settings.url).origin) throw noAnswer('address');
      const answer = await send('GET', pathname + search, undefined, MAX_STATEMENT_BYTES);
      if (answer.status !== 200) throw noAnswer(`status ${answer.status}`);
      return answer.body;
    },
  };
}

const isSigned = ({ headers, body }: ProviderAnswer, findKey: PlatformKeys['find']): Promise<boolean> =>
  isSignedByWechat({ header: (name) => headers.get(name), body }, findKey);

/** 401: our own key or clock is wrong, which is no answer about the payment. */
const LATER = [401, 408, 425, 429];

function refusalIn(status: number, content: unknown): string {
  const code = typeof content === 'object' && content !== null && 'code' in content ? content.code : undefined;
  const isLater = status >= 500 || status < 400 || LATER.includes(status);
  if (isLater || !isWord(code)) throw noAnswer(`status ${status}${isWord(code) ? ` ${code}` : ''}`);
  return code;
}

const isWord = (code: unknown): code is string => typeof code === 'string' && /^[A-Z_]{1,64}$/.test(code);

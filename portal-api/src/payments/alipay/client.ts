// SPDX-License-Identifier: Apache-2.0
// Requests to Alipay's gateway. What it states is believed only under its signature.
import { parseJson } from '@inkseal/service-kit';
import { z } from 'zod';
import { timeInChina } from '../../china-time.ts';
import type { AlipaySettings } from '../../payment-settings.ts';
import { askProvider, noAnswer } from '../ask-provider.ts';
import { MAX_STATEMENT_BYTES } from '../statement-file.ts';
import { isSignature, memberText, type Parameters, signatureOf } from './signatures.ts';

export type AlipayAnswer = Readonly<Record<string, unknown>> & {
  /** Alipay's word for a refusal; undefined when it did what was asked. */
  refusal?: string | undefined;
};

export interface AlipayClient {
  /** Throws `payment-unavailable` when the answer is none, or says that it should be asked later. */
  call(method: string, content: object, notifyUrl?: string): Promise<AlipayAnswer>;
  /** An address that makes the request when a browser opens it. */
  pageUrl(method: string, content: object, notifyUrl: string): string;
  download(url: string): Promise<Buffer>;
}

export function createAlipayClient(settings: AlipaySettings): AlipayClient {
  const { url, appId, key, publicKeys } = settings;
  const signed = (method: string, content: object, notifyUrl?: string): Parameters => {
    const parameters = {
      app_id: appId,
      method,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: timeInChina(new Date()),
      version: '1.0',
      ...(notifyUrl && { notify_url: notifyUrl }),
      biz_content: JSON.stringify(content),
    };
    return { ...parameters, sign: signatureOf(parameters, key) };
  };
  return {
    async call(method, content, notifyUrl) {
      const { status, body } = await askProvider(`${url}?charset=utf-8`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded;charset=utf-8' },
        body: new URLSearchParams(signed(method, content, notifyUrl)).toString(),
      });
      if (status !== 200) throw noAnswer(`status ${status}`);
      return answerIn(body.toString('utf8'), `${method.replaceAll('.', '_')}_response`, publicKeys);
    },
    pageUrl: (method, content, notifyUrl) => `${url}?${new URLSearchParams(signed(method, content, notifyUrl))}`,
    async download(address) {
      if (new URL(url).protocol === 'https:' && new URL(address).protocol !== 'https:') throw noAnswer('address');
      const { status, body } = await askProvider(address, { method: 'GET', maxBytes: MAX_STATEMENT_BYTES });
      if (status !== 200) throw noAnswer(`status ${status}`);
      return body;
    },
  };
}

/** Of a time as `timeInChina` writes it; undefined for anything else. */
export function timeIn(text: unknown): string | undefined {
  const isTime = typeof text === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text);
  return isTime ? `${text.replace(' ', 'T')}+08:00` : undefined;
}

const envelopeSchema = z.looseObject({ sign: z.string() });
const contentSchema = z.looseObject({ code: z.string(), sub_code: z.string().optional() });

const DONE = '10000';
/** The business said no; every other code is about the request, or about Alipay itself. */
const REFUSED = '40004';
const LATER = /SYSTEM_ERROR|system-error|unknow-error|REQUEST_LIMIT|call-limited|AOP\./;

function answerIn(text: string, member: string, keys: AlipaySettings['publicKeys']): AlipayAnswer {
  const envelope = envelopeSchema.safeParse(parseJson(text)).data;
  const signed = memberText(text, member);
  if (!envelope || signed === undefined || !isSignature(signed, envelope.sign, keys)) throw noAnswer('signature');
  const { data } = contentSchema.safeParse(parseJson(signed));
  if (!data) throw noAnswer('content');
  if (data.code === DONE) return data;
  const refusal = data.sub_code ?? '';
  const reason = /^[\w.-]{1,80}$/.test(refusal) ? refusal : 'refused';
  if (data.code !== REFUSED || LATER.test(refusal)) throw noAnswer(reason);
  return { ...data, refusal: reason };
}

// SPDX-License-Identifier: Apache-2.0
// Two message services on loopback, which check the signature of each request as theirs do: ACS3-HMAC-SHA256 (Alibaba Cloud,
// "Request syntax and signature method V3") and TC3-HMAC-SHA256 (Tencent Cloud, "Signature v3").
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const SECRETS = { aliyun: 'aliyun-secret-4711', tencent: 'tencent-secret-4712' } as const;
const KEY_ID = 'key-of-the-portal';
const CLOCK_WITHIN_SECONDS = 300;

export interface TakenSms {
  phone: string;
  signName: string;
  template: string;
  values: string[];
}

/** What it does with requests: a code to answer with, an HTTP status, nothing at all, or no more than a beginning. */
export type SmsMood = { code: string } | { status: number } | 'silent' | 'stalled' | 'lost';

export interface SmsService {
  /** With its own templates, to be written to a file for the portal. */
  account(templates: Record<string, string>): Record<string, unknown>;
  /** Messages that it took, `lost` ones included. */
  taken: TakenSms[];
  /** Of requests, whatever became of them. */
  asked: number;
  mood: SmsMood;
  stop(): void;
}

interface Request {
  headers: IncomingMessage['headers'];
  url: URL;
  body: string;
}

interface Service {
  isSigned(request: Request): boolean;
  read(request: Request): TakenSms;
  answer(code: string): unknown;
  good: string;
  account: Record<string, unknown>;
}

export const startAliyunSms = (): Promise<SmsService> =>
  start({
    isSigned: isSignedForAliyun,
    read: ({ url }) => {
      const of = (name: string) => url.searchParams.get(name) ?? '';
      const named: Record<string, string> = JSON.parse(of('TemplateParam')); // the portal's own request
      const values = Object.keys(named).map((_, index) => named[`v${index + 1}`] ?? 'missing');
      return { phone: of('PhoneNumbers'), signName: of('SignName'), template: of('TemplateCode'), values };
    },
    answer: (code) => ({ Code: code, Message: code, BizId: 'b-1', RequestId: 'r-1' }),
    good: 'OK',
    account: { accessKeyId: KEY_ID, accessKeySecret: SECRETS.aliyun },
  });

export const startTencentSms = (): Promise<SmsService> =>
  start({
    isSigned: isSignedForTencent,
    read: ({ body }) => {
      const { PhoneNumberSet, SignName, TemplateId, TemplateParamSet } = JSON.parse(body); // the portal's own request
      return { phone: PhoneNumberSet[0], signName: SignName, template: TemplateId, values: TemplateParamSet };
    },
    answer: (code) =>
      /^AuthFailure/.test(code)
        ? { Response: { Error: { Code: code, Message: code }, RequestId: 'r-1' } }
        : { Response: { SendStatusSet: [{ Code: code, Message: code, SerialNo: 's-1' }], RequestId: 'r-1' } },
    good: 'Ok',
    account: { secretId: KEY_ID, secretKey: SECRETS.tencent, appId: '1400000001' },
  });

async function start(service: Service): Promise<SmsService> {
  const server = createServer((req, res) => void take(req, res));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is never a string
  const here: SmsService = {
    account: (templates) => ({ ...service.account, signName: '印信', templates, endpoint }),
    taken: [],
    asked: 0,
    mood: { code: service.good },
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
  const take = async (req: IncomingMessage, res: ServerResponse) => {
    let body = '';
    for await (const chunk of req.setEncoding('utf8')) body += chunk;
    const request = { headers: req.headers, url: new URL(req.url ?? '/', endpoint), body };
    here.asked += 1;
    const { mood } = here;
    if (mood === 'silent') return;
    if (mood === 'stalled') return void res.writeHead(200, { 'Content-Type': 'application/json' }).write('{');
    if (mood === 'lost' || ('code' in mood && mood.code === service.good)) {
      if (!service.isSigned(request)) return send(res, 403, service.answer('AuthFailure.SignatureFailure'));
      here.taken.push(service.read(request));
    }
    if (mood === 'lost') return void res.destroy();
    if ('status' in mood) return send(res, mood.status, 'upstream is away');
    return send(res, 200, service.answer(mood.code));
  };
  return here;
}

function send(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
const isNow = (at: number) => Math.abs(Date.now() / 1_000 - at) < CLOCK_WITHIN_SECONDS;

function signedHeaders({ headers }: Pick<Request, 'headers'>, names: string): string {
  return names
    .split(';')
    .map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`)
    .join('');
}

function isSignedForAliyun(request: Request): boolean {
  const { headers, url, body } = request;
  const [, id, names = '', signature] =
    /^ACS3-HMAC-SHA256 Credential=(.+?),SignedHeaders=(.+?),Signature=([\da-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const query = [...url.searchParams]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');
  const digest = sha256(body);
  const canonical = ['POST', '/', query, signedHeaders(request, names), names, digest].join('\n');
  const isWhole = headers['x-acs-content-sha256'] === digest && names.includes('x-acs-signature-nonce');
  const expected = hmac(SECRETS.aliyun, `ACS3-HMAC-SHA256\n${sha256(canonical)}`).toString('hex');
  const isFresh = isNow(Date.parse(String(headers['x-acs-date'])) / 1_000);
  return id === KEY_ID && isWhole && isFresh && signature === expected;
}

/** RFC 3986. */
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

function isSignedForTencent(request: Request): boolean {
  const { headers, body } = request;
  const [, id, scope = '', names = '', signature] =
    /^TC3-HMAC-SHA256 Credential=([^/]+)\/(.+?), SignedHeaders=(.+?), Signature=([\da-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const [day = '', service = '', last = ''] = scope.split('/');
  // Their client signs the name of the host, which on port 443 is the whole header.
  const host = headers.host?.replace(/:\d+$/, '');
  const canonical = [
    'POST',
    '/',
    '',
    signedHeaders({ headers: { ...headers, host } }, names),
    names,
    sha256(body),
  ].join('\n');
  const at = String(headers['x-tc-timestamp']);
  const text = ['TC3-HMAC-SHA256', at, scope, sha256(canonical)].join('\n');
  const key = [service, last].reduce<Buffer>(hmac, hmac(`TC3${SECRETS.tencent}`, day));
  const isOfDay = new Date(Number(at) * 1_000).toISOString().startsWith(day);
  return id === KEY_ID && isOfDay && isNow(Number(at)) && signature === hmac(key, text).toString('hex');
}

// SPDX-License-Identifier: Apache-2.0
// WeChat Pay v3 on loopback, with keys of its own: it verifies what merchants sign, signs what it says, encrypts notifications, and can
// be told to fail.
import { createCipheriv, createHash, type KeyObject, randomBytes, sign, verify, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Issued, issue, pemOf, rsaKey } from '../../verifier/vectors/witnesses/certificates.ts';
import {
  type Answered,
  type Asked,
  type Books,
  type Notification,
  newBooks,
  newTradeNo,
  payPage,
  payTrade,
  refundTrade,
  send,
  startProvider,
  type Trade,
} from './payment-provider.ts';
import { temporaryFolder } from './temporary.ts';
import { billOf } from './wechat-pay-bill.ts';

const APP_ID = 'wx0123456789abcdef';
const MERCHANT_ID = '1900000001';
const SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';

interface Signer {
  serial: string;
  key: KeyObject;
}

export interface TestWechatPay extends Books {
  /** For the portal. */
  settings: Record<string, string>;
  apiKey: string;
  signer: Signer;
  /** How often its certificates were fetched. */
  certificatesAsked(): number;
  /** Signs with another certificate from now on, which nobody was told of. */
  rotate(): void;
  pay(outTradeNo: string, at?: Date): Trade;
  notify(trade: Trade): Promise<{ status: number; text: string }>;
  /** What it would send, as changed. */
  notification(trade: Trade, changes?: NotificationChanges): Notification;
  stop(): Promise<void>;
}

export interface NotificationChanges {
  /** Of the transaction inside. */
  transaction?: object;
  /** Of the envelope around it. */
  envelope?: object;
  /** Of the encrypted resource. */
  resource?: object;
  apiKey?: string;
  signer?: Signer;
  /** Of its time, from now. */
  aheadSeconds?: number;
}

/** `publicKey`: it signs with a key that merchants have in a file, instead of certificates that they fetch. */
export async function startWechatPay({ publicKey = false } = {}): Promise<TestWechatPay> {
  const books = newBooks();
  const merchant = rsaKey();
  const apiKey = randomBytes(16).toString('hex');
  const nonces = new Set<string>();
  const certificates: Issued[] = [];
  let certificatesAsked = 0;
  const fixed = rsaKey();
  const certify = (): Signer => {
    const certificate = issue({ name: 'Tenpay.com Root CA', key: rsaKey(), serial: 0x4a00 + certificates.length });
    certificates.push(certificate);
    return { serial: serialOf(certificate), key: certificate.spec.key.privateKey };
  };
  let signer = publicKey ? { serial: 'PUB_KEY_ID_0000000001', key: fixed.privateKey } : certify();
  const signed = (answer: Answered): Answered => {
    const by = books.faults.forgedAnswers ? { ...signer, key: rsaKey().privateKey } : signer;
    return { ...answer, headers: { ...answer.headers, ...signatureHeaders(by, String(answer.body ?? '')) } };
  };
  const encrypt = (text: string, purpose: string) => encrypted(text, apiKey, purpose);
  const { url, stop } = await startProvider(books, async (asked) => {
    if (asked.path.startsWith('/h5/') || asked.path.startsWith('/pay/')) return page(provider, asked);
    if (!isMerchant(asked, merchant.publicKey, nonces)) {
      books.refused += 1;
      return refusal(401, 'SIGN_ERROR');
    }
    if (asked.path !== '/v3/certificates') return signed(restated(books, answerOf(books, asked, url)));
    certificatesAsked += 1;
    const data = certificates.map((each) => ({
      serial_no: serialOf(each),
      encrypt_certificate: encrypt(pemOf(each), 'certificate'),
    }));
    return signed(json({ data }));
  });
  const folder = temporaryFolder();
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(path.join(folder, name), content, { mode: 0o600 });
    return path.join(folder, name);
  };
  const settings = {
    WECHAT_PAY_APP_ID: APP_ID,
    WECHAT_PAY_MERCHANT_ID: MERCHANT_ID,
    WECHAT_PAY_KEY_FILE: file('merchant.pem', merchant.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    WECHAT_PAY_CERTIFICATE_SERIAL: SERIAL,
    WECHAT_PAY_API_KEY_FILE: file('api-key', `${apiKey}\n`),
    WECHAT_PAY_URL: url,
    ...(publicKey && {
      WECHAT_PAY_PUBLIC_KEY_ID: signer.serial,
      WECHAT_PAY_PUBLIC_KEY_FILE: file('public.pem', fixed.publicKey.export({ type: 'spki', format: 'pem' })),
    }),
  };
  const provider: TestWechatPay = Object.assign(books, {
    settings,
    apiKey,
    signer,
    certificatesAsked: () => certificatesAsked,
    rotate() {
      signer = certify();
      provider.signer = signer;
    },
    pay: (outTradeNo: string, at?: Date) => payTrade(books, outTradeNo, at),
    notification: (trade: Trade, changes: NotificationChanges = {}) =>
      notificationOf(trade, { apiKey, signer, ...changes }),
    notify: (trade: Trade) => send(trade.notifyUrl, provider.notification(trade)),
    stop,
  });
  return provider;
}

const serialOf = (certificate: Issued): string => new X509Certificate(pemOf(certificate)).serialNumber;

const json = (content: object, status = 200): Answered => ({
  status,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(content),
});
const restated = ({ faults }: Books, answer: Answered): Answered =>
  answer.headers
    ? { ...answer, body: JSON.stringify({ ...JSON.parse(String(answer.body)), ...faults.restated }) }
    : answer;
const refusal = (status: number, code: string): Answered => json({ code, message: code }, status);

/** As the merchant's certificate would show; each nonce once. */
function isMerchant({ method, path: target, headers, body }: Asked, key: KeyObject, nonces: Set<string>): boolean {
  const [scheme, list = ''] = (headers.authorization ?? '').split(' ');
  const parts = Object.fromEntries([...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
  const { mchid, nonce_str: nonce = '', timestamp, serial_no: serial, signature = '' } = parts;
  const isNew = !nonces.has(nonce);
  nonces.add(nonce);
  const isTimely = Math.abs(Date.now() / 1_000 - Number(timestamp)) <= 300;
  const message = [method, target, timestamp, nonce, body, ''].join('\n');
  const isSigned = verify('sha256', Buffer.from(message), key, Buffer.from(signature, 'base64'));
  const isKnown = scheme === 'WECHATPAY2-SHA256-RSA2048' && mchid === MERCHANT_ID && serial === SERIAL;
  return isKnown && isNew && isTimely && isSigned;
}

function answerOf(books: Books, { method, path: target, body }: Asked, url: string): Answered {
  const { pathname, searchParams } = new URL(target, url);
  const content = body === '' ? {} : JSON.parse(body);
  const [, scene] = /^\/v3\/pay\/transactions\/(native|h5)$/.exec(pathname) ?? [];
  if (scene) return made(books, content, { scene, url });
  const [, outTradeNo = '', act] = /^\/v3\/pay\/transactions\/out-trade-no\/([^/]+)(\/close)?$/.exec(pathname) ?? [];
  const trade = books.trades.get(outTradeNo);
  if (outTradeNo && !trade) return refusal(404, 'ORDER_NOT_EXIST');
  if (trade && act) {
    if (trade.state === 'paid') return refusal(400, 'ORDERPAID');
    trade.state = 'closed';
    return { status: 204 };
  }
  if (trade) return json(transactionOf(trade, books.faults.statedFen));
  if (pathname.startsWith('/v3/refund/domestic/refunds')) return refunded(books, method, pathname, content);
  if (pathname === '/v3/bill/tradebill') return billLink(books, searchParams.get('bill_date') ?? '', url);
  if (pathname === '/v3/billdownload/file')
    return { status: 200, body: billOf(books, searchParams.get('token') ?? '') };
  return refusal(404, 'NOT_FOUND');
}

// biome-ignore lint/suspicious/noExplicitAny: what merchants send
type Content = any;

function made(books: Books, content: Content, { scene, url }: { scene: string; url: string }): Answered {
  const { appid, mchid, out_trade_no: outTradeNo, amount, time_expire: expiry, notify_url: notifyUrl } = content;
  const isComplete = appid === APP_ID && mchid === MERCHANT_ID && amount.currency === 'CNY' && content.description;
  if (!isComplete || (scene === 'h5' && !content.scene_info?.payer_client_ip)) return refusal(400, 'PARAM_ERROR');
  const known = books.trades.get(outTradeNo);
  const trade: Trade = known ?? {
    ...{ outTradeNo, amountFen: amount.total, notifyUrl, expiresAt: new Date(expiry), tradeNo: newTradeNo() },
    ...{ scene: scene === 'h5' ? 'phone' : 'code', state: 'offered', paidAt: undefined, refunds: [] },
  };
  const isSame = trade.amountFen === amount.total && trade.scene === (scene === 'h5' ? 'phone' : 'code');
  if (!isSame) return refusal(400, 'OUT_TRADE_NO_USED');
  if (trade.state === 'closed') return refusal(400, 'ORDER_CLOSED');
  books.trades.set(outTradeNo, trade);
  const code = `weixin://wxpay/bizpayurl?pr=${outTradeNo}`;
  return json(scene === 'h5' ? { h5_url: `${url}/h5/${outTradeNo}` } : { code_url: code });
}

function transactionOf({ outTradeNo, amountFen, tradeNo, state, paidAt }: Trade, statedFen = amountFen) {
  const paid = { transaction_id: tradeNo, success_time: paidAt?.toISOString().replace(/\.\d+Z$/, '+00:00') };
  return {
    ...{ appid: APP_ID, mchid: MERCHANT_ID, out_trade_no: outTradeNo, payer: { openid: 'o-test' } },
    trade_state: state === 'paid' ? 'SUCCESS' : state === 'closed' ? 'CLOSED' : 'NOTPAY',
    amount: { total: statedFen, payer_total: statedFen, currency: 'CNY', payer_currency: 'CNY' },
    ...(paidAt && paid),
  };
}

function refunded(books: Books, method: string, pathname: string, content: Content): Answered {
  const refundNo = method === 'POST' ? content.out_refund_no : pathname.split('/').at(-1);
  const found = [...books.trades.values()].flatMap(
    (trade) => trade.refunds.find((each) => each.refundNo === refundNo) ?? [],
  );
  if (method === 'GET' && found.length === 0) return refusal(404, 'RESOURCE_NOT_EXISTS');
  const trade = books.trades.get(content.out_trade_no);
  if (method === 'POST' && (!trade || content.amount.total !== trade.amountFen)) return refusal(400, 'INVALID_REQUEST');
  const made = trade ? refundTrade(books, trade, { refundNo, amountFen: content.amount.refund })?.made : found[0];
  if (!made) return refusal(403, 'NOT_ENOUGH');
  const { amountFen, isPending } = made;
  return json({ out_refund_no: refundNo, status: isPending ? 'PROCESSING' : 'SUCCESS', amount: { refund: amountFen } });
}

function billLink(books: Books, day: string, url: string): Answered {
  const text = billOf(books, day);
  if (!text.includes('`')) return refusal(400, 'NO_STATEMENT_EXIST');
  const hash = createHash('sha1').update(text).digest('hex');
  return json({ hash_type: 'SHA1', hash_value: hash, download_url: `${url}/v3/billdownload/file?token=${day}` });
}

function encrypted(text: string, apiKey: string, purpose: string) {
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiKey), Buffer.from(nonce));
  cipher.setAAD(Buffer.from(purpose));
  const bytes = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { algorithm: 'AEAD_AES_256_GCM', nonce, associated_data: purpose, ciphertext: bytes.toString('base64') };
}

function signatureHeaders({ serial, key }: Signer, body: string, aheadSeconds = 0) {
  const timestamp = String(Math.floor(Date.now() / 1_000) + aheadSeconds);
  const nonce = randomBytes(16).toString('hex');
  const signature = sign('sha256', Buffer.from(`${timestamp}\n${nonce}\n${body}\n`), key).toString('base64');
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': serial,
    'Wechatpay-Signature': signature,
  };
}

function notificationOf(
  trade: Trade,
  changes: NotificationChanges & Required<Pick<NotificationChanges, 'apiKey' | 'signer'>>,
): Notification {
  const { apiKey, signer, aheadSeconds, transaction = {}, envelope = {}, resource = {} } = changes;
  const content = JSON.stringify({ ...transactionOf(trade), ...transaction });
  const body = JSON.stringify({
    ...{
      id: randomBytes(16).toString('hex'),
      create_time: new Date().toISOString(),
      event_type: 'TRANSACTION.SUCCESS',
    },
    ...{ resource_type: 'encrypt-resource', summary: '支付成功' },
    resource: { ...encrypted(content, apiKey, 'transaction'), original_type: 'transaction', ...resource },
    ...envelope,
  });
  return { headers: { 'Content-Type': 'application/json', ...signatureHeaders(signer, body, aheadSeconds) }, body };
}

async function page(provider: TestWechatPay, { method, path: target }: Asked): Promise<Answered> {
  const trade = provider.trades.get(target.split('/')[2]?.split('?')[0] ?? '');
  if (!trade) return { status: 404 };
  if (method === 'POST' && trade.state !== 'paid') await provider.notify(provider.pay(trade.outTradeNo));
  return payPage('微信支付', trade);
}

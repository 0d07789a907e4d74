// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { startAlipay } from '../../test/support/alipay.ts';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { startWechatPay } from '../../test/support/wechat-pay.ts';
import { loadConfig } from './config.ts';
import { StartError } from './errors.ts';

const REQUIRED = {
  PORTAL_DATABASE_URL: 'postgresql://u@127.0.0.1:5433/portal',
  INKSEAL_DATA: '/srv/inkseal',
  LEDGER_API_KEY_FILE: '/srv/inkseal/keys/ledger-api-key',
};

describe('payment settings', () => {
  const folder = temporaryFolder();
  let settings: Record<string, string>;
  before(async () => {
    const providers = [await startAlipay(), await startWechatPay({ publicKey: true })];
    settings = Object.assign({ PAYMENT_DRIVER: 'live' }, ...providers.map((each) => each.settings));
    for (const { stop } of providers) await stop();
  });

  const file = (content: string) => {
    const name = path.join(folder, `${Math.random()}`);
    writeFileSync(name, content);
    return name;
  };
  /** Undefined: not refused. */
  const refusalOf = (changes: Record<string, string>): string | undefined => {
    try {
      loadConfig({ ...REQUIRED, ...settings, ...changes });
      return undefined;
    } catch (error) {
      if (error instanceof StartError && error.code === 'config-invalid') return error.message;
      throw error;
    }
  };

  it('without any › is the sandbox', () => {
    expect(loadConfig(REQUIRED).livePayments).to.equal(undefined);
  });

  it('with one provider or both › takes money there, and has no sandbox', () => {
    expect(loadConfig({ ...REQUIRED, ...settings }).livePayments).to.have.keys('alipay', 'wechat');
    const wechat = Object.entries(settings).filter(([name]) => !name.startsWith('ALIPAY'));
    const { livePayments } = loadConfig({ ...REQUIRED, ...Object.fromEntries(wechat) });
    expect(livePayments?.alipay).to.equal(undefined);
    expect(livePayments?.wechat?.merchantId).to.equal('1900000001');
  });

  it('when something is missing, contradicts or is no key › names it, and repeats nothing of a key', () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey;
    const curve = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;
    const pem = (key: typeof weak) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const [changes, named] of [
      [{ PAYMENT_DRIVER: 'sandbox' }, 'PAYMENT_DRIVER=live'],
      [{ ALIPAY_SELLER_ID: '' }, 'ALIPAY_SELLER_ID'],
      [{ WECHAT_PAY_PUBLIC_KEY_ID: '' }, 'WECHAT_PAY_PUBLIC_KEY_ID'],
      [{ ALIPAY_KEY_FILE: '/nowhere' }, 'ALIPAY_KEY_FILE'],
      [{ ALIPAY_KEY_FILE: file('SECRET-KEY-TEXT') }, 'ALIPAY_KEY_FILE'],
      [{ ALIPAY_PUBLIC_KEY_FILE: file('SECRET-KEY-TEXT') }, 'ALIPAY_PUBLIC_KEY_FILE'],
      [{ WECHAT_PAY_KEY_FILE: file(pem(weak)) }, 'WECHAT_PAY_KEY_FILE'],
      [{ WECHAT_PAY_KEY_FILE: file(pem(curve)) }, 'WECHAT_PAY_KEY_FILE'],
      [{ WECHAT_PAY_API_KEY_FILE: file('SECRET-KEY-TEXT') }, 'WECHAT_PAY_API_KEY_FILE'],
      [{ WECHAT_PAY_URL: 'http://pay.example' }, 'WECHAT_PAY_URL'],
      [{ ALIPAY_URL: 'https://pay.example' }, 'PUBLIC_URL'],
    ] as const) {
      const refusal = refusalOf(changes);
      expect(refusal, JSON.stringify(changes)).to.include(named).and.not.include('SECRET-KEY-TEXT');
    }
    const nothing = Object.fromEntries(Object.keys(settings).map((name) => [name, '']));
    expect(refusalOf({ ...nothing, PAYMENT_DRIVER: 'live' })).to.include('WECHAT_PAY_MERCHANT_ID');
  });
});

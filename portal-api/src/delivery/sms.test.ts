// SPDX-License-Identifier: Apache-2.0
// Text messages by two services on loopback that check each request's signature, driven by their makers' own clients.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { eventually } from '../../../test/support/eventually.ts';
import { newPhone, PASSWORD, startPortal, type TestPortal } from '../../../test/support/portal.ts';
import {
  SECRETS,
  type SmsMood,
  type SmsService,
  startAliyunSms,
  startTencentSms,
} from '../../../test/support/sms-services.ts';
import { temporaryFolder } from '../../../test/support/temporary.ts';
import { NotYet } from '../queue/failures.ts';
import { SMS_NOTICES } from '../sms-notices.ts';
import { requireTemplates, smsOf } from '../sms-settings.ts';
import { aliyunSms } from './aliyun-sms.ts';
import type { SmsMessage } from './message.ts';
import { smsByProviders } from './sms-fail-over.ts';
import type { SmsProvider } from './sms-provider.ts';
import { sms } from './sms-text.ts';
import { tencentSms } from './tencent-sms.ts';

const CODE = { phone: '13800000001', purpose: 'REGISTER', code: '020417' };
const SENT = { signName: '印信', values: ['020417'] };
const NOTICE = {
  phone: '13800000001',
  kind: 'order-withdrawn',
  texts: {
    zh: sms`您的申请（尾号${'5200'}）已撤回，共${3}项。`,
    en: sms`${3} items of the order ending ${'5200'} were withdrawn.`,
  },
} as const;
const QUICK = { answerWithinMs: 400 };

describe('text messages', function () {
  this.timeout(60_000);
  let aliyun: SmsService;
  let tencent: SmsService;
  beforeEach(async () => {
    [aliyun, tencent] = await Promise.all([startAliyunSms(), startTencentSms()]);
  });
  afterEach(() => {
    aliyun.stop();
    tencent.stop();
  });

  /** As the portal reads it from its file. */
  const accounts = (driver: 'aliyun' | 'tencent' | 'aliyun,tencent', templates: Record<string, string> = {}) => {
    const all = { code: 'SMS_1', 'order-withdrawn': 'SMS_2', ...templates };
    return smsOf({
      SMS_DRIVER: driver,
      SMS_ALIYUN_FILE: fileOf(aliyun.account(all)),
      SMS_TENCENT_FILE: fileOf(tencent.account(all)),
    });
  };
  const providersOf = (services: ReturnType<typeof accounts>): SmsProvider[] =>
    services.map((each) =>
      each.service === 'aliyun' ? aliyunSms(each.account, QUICK) : tencentSms(each.account, QUICK),
    );
  const sender = (services = accounts('aliyun,tencent'), restMs = 60_000) => {
    const codes: string[] = [];
    const send = smsByProviders(providersOf(services), {
      restMs,
      onAnswer: ({ provider, answer }) => codes.push(`${provider} ${answer.outcome}`),
    });
    return { codes, send: (message: SmsMessage = CODE) => send(message) };
  };
  const failureOf = (work: Promise<void>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('by either service › has the telephone, the template and its values, signed', async () => {
    await sender(accounts('aliyun')).send();
    expect(aliyun.taken).to.deep.equal([{ ...SENT, phone: '13800000001', template: 'SMS_1' }]);
    await sender(accounts('tencent')).send();
    expect(tencent.taken).to.deep.equal([{ ...SENT, phone: '+8613800000001', template: 'SMS_1' }]);
  });

  for (const [what, mood, asFirst] of [
    ['answers with an error', { status: 503 }, 'failed'],
    ['does not answer', 'silent', 'failed'],
    ['takes the message and loses its answer', 'lost', 'failed'],
    ['has no money left', { code: 'isv.AMOUNT_NOT_ENOUGH' }, 'failed'],
    ['does not know the template', { code: 'isv.SMS_TEMPLATE_ILLEGAL' }, 'failed'],
    ['lets no more messages through to the telephone', { code: 'isv.BUSINESS_LIMIT_CONTROL' }, 'busy'],
  ] satisfies [string, SmsMood, string][])
    it(`when the first service ${what} › the second sends it`, async () => {
      aliyun.mood = mood;
      const { send, codes } = sender();
      await send();
      expect(tencent.taken).to.have.length(1);
      expect(codes).to.deep.equal([`aliyun ${asFirst}`, 'tencent accepted']);
    });

  it('when a service begins its answer and stops there › counts as failed in time', async () => {
    [aliyun.mood, tencent.mood] = ['stalled', 'stalled'];
    const { send, codes } = sender();
    expect(await failureOf(send())).to.have.property('code', 'sms-unavailable');
    expect(codes).to.deep.equal(['aliyun failed', 'tencent failed']);
  });

  it('when a service holds back one telephone › it is asked first for the next message', async () => {
    aliyun.mood = { code: 'isv.DAY_LIMIT_CONTROL' };
    const { send, codes } = sender();
    await send();
    aliyun.mood = { code: 'OK' };
    await send();
    expect(codes).to.deep.equal(['aliyun busy', 'tencent accepted', 'aliyun accepted']);
  });

  it('when a service failed › it is asked last until it has rested', async () => {
    aliyun.mood = { status: 503 };
    const { send, codes } = sender(accounts('aliyun,tencent'), 1_000);
    await send();
    aliyun.mood = { code: 'OK' };
    await send();
    expect(codes).to.deep.equal(['aliyun failed', 'tencent accepted', 'tencent accepted']);
    await eventually(async () => {
      await send();
      return codes.at(-1) === 'aliyun accepted';
    });
  });

  it('when a service took a message though it was resting › it is asked first again', async () => {
    const { send, codes } = sender();
    aliyun.mood = { status: 503 };
    await send();
    [aliyun.mood, tencent.mood] = [{ code: 'OK' }, { status: 503 }];
    await send();
    tencent.mood = { code: 'Ok' };
    aliyun.mood = { status: 503 };
    await send();
    await send();
    expect(codes.slice(2)).to.deep.equal([
      ...['tencent failed', 'aliyun accepted'],
      ...['aliyun failed', 'tencent accepted'],
      'tencent accepted',
    ]);
  });

  it('when the number is wrong › ends, and asks nobody else', async () => {
    aliyun.mood = { code: 'isv.MOBILE_NUMBER_ILLEGAL' };
    const { send, codes } = sender();
    await send();
    expect(codes).to.deep.equal(['aliyun wrong-number']);
    expect(tencent.asked).to.equal(0);
  });

  it('when no service takes it › waits where all hold back that telephone, and is an outage otherwise', async () => {
    aliyun.mood = { code: 'isv.DAY_LIMIT_CONTROL' };
    tencent.mood = { code: 'LimitExceeded.PhoneNumberDailyLimit' };
    expect(await failureOf(sender().send())).to.be.instanceOf(NotYet);
    tencent.mood = { code: 'FailedOperation.SignatureIncorrectOrUnapproved' };
    expect(await failureOf(sender().send())).to.have.property('code', 'sms-unavailable');
    tencent.stop();
    expect(await failureOf(sender().send())).to.have.property('code', 'sms-unavailable');
  });

  it('when a key is wrong › neither service takes it', async () => {
    const [first, second] = accounts('aliyun,tencent');
    if (first?.service !== 'aliyun' || second?.service !== 'tencent') throw new Error('an account is missing');
    const forged = [
      { service: 'aliyun' as const, account: { ...first.account, accessKeySecret: 'guessed' } },
      { service: 'tencent' as const, account: { ...second.account, secretKey: 'guessed' } },
    ];
    expect(await failureOf(sender(forged).send())).to.have.property('code', 'sms-unavailable');
    expect([...aliyun.taken, ...tencent.taken]).to.deep.equal([]);
  });

  it('in English › uses a template of its own where there is one, and the Chinese one elsewhere', async () => {
    const english = { ...NOTICE, language: 'en' } as const;
    for (const driver of ['aliyun', 'tencent'] as const) {
      await sender(accounts(driver)).send(english);
      await sender(accounts(driver, { 'order-withdrawn.en': 'SMS_3' })).send(english);
      await sender(accounts(driver, { 'order-withdrawn.en': 'SMS_3' })).send({ ...NOTICE, language: 'zh' });
    }
    for (const { taken } of [aliyun, tencent])
      expect(taken.map(({ template, values }) => [template, ...values])).to.deep.equal([
        ['SMS_2', '5200', '3'],
        ['SMS_3', '3', '5200'],
        ['SMS_2', '5200', '3'],
      ]);
  });

  it('when the file of an account is wrong › the start names each field and repeats no value', () => {
    const wrong = {
      ...aliyun.account({ code: 'SMS_1' }),
      signName: '【印信】',
      accessKeyId: '',
      endpoint: 'http://example.org',
    };
    const start = (file: string | undefined) => () => smsOf({ SMS_DRIVER: 'aliyun', SMS_ALIYUN_FILE: file });
    expect(start(fileOf(wrong)))
      .to.throw(/SMS_ALIYUN_FILE: .*accessKeyId.*signName.*endpoint/)
      .with.property('code', 'config-invalid');
    expect(start(fileOf(wrong))).to.not.throw(new RegExp(SECRETS.aliyun));
    expect(start(undefined)).to.throw(/SMS_ALIYUN_FILE/);
    expect(() => requireTemplates(accounts('tencent'), SMS_NOTICES)).to.throw(
      /SMS_TENCENT_FILE: no template for .*order-returned/,
    );
  });

  describe('of a portal', () => {
    let portal: TestPortal | undefined;
    const lines: string[] = [];
    afterEach(() => portal?.stop());

    it('when one service is down › a member registers with the code that the other sent, and no log has it', async () => {
      aliyun.mood = { status: 500 };
      const templates = Object.fromEntries(['code', ...SMS_NOTICES].map((kind) => [kind, `T-${kind}`]));
      portal = await startPortal({
        log: (line) => lines.push(line),
        environment: {
          LOG_LEVEL: 'info',
          SMS_DRIVER: 'aliyun,tencent',
          SMS_ALIYUN_FILE: fileOf(aliyun.account(templates)),
          SMS_TENCENT_FILE: fileOf(tencent.account(templates)),
        },
      });
      const visitor = portal.visitor();
      const phone = newPhone();
      expect((await visitor.post('/sms-codes', { phone, purpose: 'REGISTER' })).status).to.equal(202);
      const [taken] = await eventually(() => tencent.taken.length > 0 && tencent.taken);
      expect(taken).to.include({ phone: `+86${phone}`, template: 'T-code' });
      const [code = ''] = taken?.values ?? [];
      const form = { phone, code, password: PASSWORD, passwordRepeat: PASSWORD, consent: true };
      expect((await visitor.post('/accounts', form)).status).to.equal(201);
      const metrics = (await visitor.get('/metrics')).bytes.toString();
      expect(metrics).to.include('inkseal_portal_sms_total{provider="tencent",outcome="accepted"} 1');
      expect(lines.join('')).to.include('a text message was not taken').and.not.include(phone).and.not.include(code);
    });
  });
});

function fileOf(account: object): string {
  const file = path.join(temporaryFolder(), 'account.json');
  writeFileSync(file, JSON.stringify(account), { mode: 0o600 });
  return file;
}

// SPDX-License-Identifier: Apache-2.0
// Alibaba Cloud SMS (SendSms, 2017-05-25) by its own client. A message was taken when the body says `OK`, not the status.
import { answerOf, failureOf, SMS_TIMES, type SmsProvider, type SmsTimes } from './sms-provider.ts';

export interface AliyunAccount {
  accessKeyId: string;
  accessKeySecret: string;
  /** Without the brackets 【】. */
  signName: string;
  templates: Readonly<Record<string, string>>;
  endpoint: URL;
}

const CODES = {
  wrongNumber: /^isv\.MOBILE_NUMBER_ILLEGAL$/,
  busy: /^isv\.(BUSINESS_LIMIT_CONTROL|DAY_LIMIT_CONTROL)$/,
};

export function aliyunSms(
  { endpoint, templates, signName, ...keys }: AliyunAccount,
  { answerWithinMs }: SmsTimes = SMS_TIMES,
): SmsProvider {
  let opened: ReturnType<typeof openClient> | undefined;
  return {
    name: 'aliyun',
    templates,
    async send({ phone, template, values }) {
      // Their templates name variables: {1} is filed as ${v1}.
      const named = Object.fromEntries(values.map((value, index) => [`v${index + 1}`, value]));
      try {
        opened ??= openClient({ ...keys, endpoint, answerWithinMs });
        const { SendSmsRequest, client, runtime } = await opened;
        const request = new SendSmsRequest({
          phoneNumbers: phone.replace(/^\+86/, ''),
          signName,
          templateCode: template,
          templateParam: JSON.stringify(named),
        });
        const { body } = await client.sendSmsWithOptions(request, runtime);
        if (body?.code === 'OK') return { outcome: 'accepted', id: body.bizId ?? '' };
        return answerOf(body?.code ?? 'no-code', CODES);
      } catch (error) {
        return answerOf(failureOf(error), CODES);
      }
    },
  };
}

type Keys = Pick<AliyunAccount, 'accessKeyId' | 'accessKeySecret' | 'endpoint'> & SmsTimes;

/** Loaded only where it is used: with what it needs it is a quarter of a second. */
async function openClient({ accessKeyId, accessKeySecret, endpoint, answerWithinMs }: Keys) {
  const [{ default: library, SendSmsRequest }, { $OpenApiUtil }, { RuntimeOptions }] = await Promise.all([
    import('@alicloud/dysmsapi20170525'),
    import('@alicloud/openapi-core'),
    import('@darabonba/typescript'),
  ]);
  // A CommonJS module that names its class `default` once more.
  const Client = 'default' in library ? library.default : library;
  const config = new $OpenApiUtil.Config({
    accessKeyId,
    accessKeySecret,
    endpoint: endpoint.host,
    protocol: endpoint.protocol === 'http:' ? 'HTTP' : 'HTTPS',
  });
  const runtime = new RuntimeOptions({
    autoretry: false,
    connectTimeout: answerWithinMs,
    readTimeout: answerWithinMs,
  });
  return { SendSmsRequest, client: new Client(config), runtime };
}

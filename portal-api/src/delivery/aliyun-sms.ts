// SPDX-License-Identifier: Apache-2.0
// Alibaba Cloud SMS (SendSms, 2017-05-25) by its own client. A message was taken when the body says `OK`, not the status.
import { SMS_TIMES, type SmsProvider, type SmsTimes, smsProvider } from './sms-provider.ts';

export interface AliyunAccount {
  accessKeyId: string;
  accessKeySecret: string;
  /** Without the brackets 【】. */
  signName: string;
  templates: Readonly<Record<string, string>>;
  endpoint: URL;
}

export function aliyunSms(
  { templates, signName, ...account }: AliyunAccount,
  times: SmsTimes = SMS_TIMES,
): SmsProvider {
  return smsProvider({
    name: 'aliyun',
    templates,
    open: () => openClient(account, times),
    async ask({ client, SendSmsRequest, runtime }, { phone, template, values }) {
      // Their templates name variables: {1} is filed as ${v1}.
      const named = Object.fromEntries(values.map((value, index) => [`v${index + 1}`, value]));
      const request = new SendSmsRequest({
        phoneNumbers: phone.replace(/^\+86/, ''),
        signName,
        templateCode: template,
        templateParam: JSON.stringify(named),
      });
      const { body } = await client.sendSmsWithOptions(request, runtime);
      return { code: body?.code, id: body?.bizId };
    },
    codes: {
      accepted: 'OK',
      wrongNumber: /^isv\.MOBILE_NUMBER_ILLEGAL$/,
      busy: /^isv\.(BUSINESS_LIMIT_CONTROL|DAY_LIMIT_CONTROL)$/,
    },
  });
}

type Keys = Omit<AliyunAccount, 'templates' | 'signName'>;

/** With what it needs it is a quarter of a second. */
async function openClient({ accessKeyId, accessKeySecret, endpoint }: Keys, { answerWithinMs }: SmsTimes) {
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
  return { client: new Client(config), SendSmsRequest, runtime };
}

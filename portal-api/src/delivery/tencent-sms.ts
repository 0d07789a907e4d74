// SPDX-License-Identifier: Apache-2.0
// Tencent Cloud SMS (SendSms, 2021-01-11) by its own client. Each telephone of a request has an answer of its own.
import { SMS_TIMES, type SmsProvider, type SmsTimes, smsProvider } from './sms-provider.ts';

export interface TencentAccount {
  secretId: string;
  secretKey: string;
  /** SmsSdkAppId, ten digits. */
  appId: string;
  signName: string;
  templates: Readonly<Record<string, string>>;
  region: string;
  endpoint: URL;
}

export function tencentSms(
  { appId, signName, templates, ...account }: TencentAccount,
  times: SmsTimes = SMS_TIMES,
): SmsProvider {
  return smsProvider({
    name: 'tencent',
    templates,
    open: () => openClient(account, times),
    async ask(client, { phone, template, values }) {
      const { SendStatusSet } = await client.SendSms({
        PhoneNumberSet: [phone],
        SmsSdkAppId: appId,
        SignName: signName,
        TemplateId: template,
        TemplateParamSet: [...values],
      });
      const [status] = SendStatusSet ?? [];
      return { code: status?.Code, id: status?.SerialNo };
    },
    codes: {
      accepted: 'Ok',
      wrongNumber: /^InvalidParameterValue\.IncorrectPhoneNumber$/,
      busy: /^(LimitExceeded\.PhoneNumber\w*|FailedOperation\.PhoneNumberInBlacklist|LimitExceeded\.DeliveryFrequencyLimit)$/,
    },
  });
}

type Account = Omit<TencentAccount, 'appId' | 'signName' | 'templates'>;

async function openClient({ secretId, secretKey, region, endpoint }: Account, { answerWithinMs }: SmsTimes) {
  const { sms } = await import('tencentcloud-sdk-nodejs-sms');
  const httpProfile = {
    endpoint: endpoint.host,
    protocol: `${endpoint.protocol}//`,
    reqTimeout: answerWithinMs / 1_000,
  };
  return new sms.v20210111.Client({ credential: { secretId, secretKey }, region, profile: { httpProfile } });
}

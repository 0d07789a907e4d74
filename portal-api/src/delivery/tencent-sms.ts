// SPDX-License-Identifier: Apache-2.0
// Tencent Cloud SMS (SendSms, 2021-01-11) by its own client. Each telephone of a request has an answer of its own.
import { answerOf, failureOf, SMS_TIMES, type SmsProvider, type SmsTimes } from './sms-provider.ts';

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

const CODES = {
  wrongNumber: /^InvalidParameterValue\.IncorrectPhoneNumber$/,
  busy: /^(LimitExceeded\.PhoneNumber\w*|FailedOperation\.PhoneNumberInBlacklist|LimitExceeded\.DeliveryFrequencyLimit)$/,
};

export function tencentSms(
  { appId, signName, templates, ...account }: TencentAccount,
  { answerWithinMs }: SmsTimes = SMS_TIMES,
): SmsProvider {
  let opened: ReturnType<typeof openClient> | undefined;
  return {
    name: 'tencent',
    templates,
    async send({ phone, template, values }) {
      try {
        opened ??= openClient({ ...account, answerWithinMs });
        const client = await opened;
        const { SendStatusSet } = await client.SendSms({
          PhoneNumberSet: [phone],
          SmsSdkAppId: appId,
          SignName: signName,
          TemplateId: template,
          TemplateParamSet: [...values],
        });
        const status = SendStatusSet?.[0];
        if (status?.Code === 'Ok') return { outcome: 'accepted', id: status.SerialNo ?? '' };
        return answerOf(status?.Code ?? 'no-code', CODES);
      } catch (error) {
        return answerOf(failureOf(error), CODES);
      }
    },
  };
}

type Account = Pick<TencentAccount, 'secretId' | 'secretKey' | 'region' | 'endpoint'> & SmsTimes;

async function openClient({ secretId, secretKey, region, endpoint, answerWithinMs }: Account) {
  const { sms } = await import('tencentcloud-sdk-nodejs-sms');
  const httpProfile = {
    endpoint: endpoint.host,
    protocol: `${endpoint.protocol}//`,
    reqTimeout: answerWithinMs / 1_000,
  };
  return new sms.v20210111.Client({ credential: { secretId, secretKey }, region, profile: { httpProfile } });
}

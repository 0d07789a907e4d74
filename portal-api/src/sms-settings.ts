// SPDX-License-Identifier: Apache-2.0
// How text messages leave the portal. An account with a message service is one file: keys, signature and templates.
import { urlOf } from '@inkseal/service-kit';
import { z } from 'zod';
import type { SmsAccount } from './delivery/delivery.ts';
import { CODE_TEMPLATE } from './delivery/sms-provider.ts';
import { accountOf, invalidSetting } from './reading-settings.ts';

const file = (what: string) => z.string().min(1).optional().describe(what);

export const smsSettings = {
  SMS_DRIVER: z
    .enum(['console', 'aliyun', 'tencent', 'aliyun,tencent', 'tencent,aliyun'])
    .default('console')
    .describe(
      '`aliyun`, `tencent`, or both with a comma between: the second sends what the first does not take. `console` writes messages to a file: development only',
    ),
  SMS_ALIYUN_FILE: file(
    'JSON file with the account at Alibaba Cloud SMS: `{"accessKeyId", "accessKeySecret", "signName", "templates"}`',
  ),
  SMS_TENCENT_FILE: file(
    'JSON file with the account at Tencent Cloud SMS: `{"secretId", "secretKey", "appId", "signName", "templates"}`',
  ),
};

type SmsEnvironment = z.output<z.ZodObject<typeof smsSettings>>;

const text = z.string().trim().min(1).max(200);
const templates = z.record(z.string(), text);
/** http is for this machine alone: tests. */
const endpoint = urlOf('https:', 'http:')
  .transform((address) => new URL(address))
  .refine(({ protocol, hostname }) => protocol === 'https:' || /^(localhost|127\..*)$/.test(hostname), 'must be https');

const aliyunAccount = z.strictObject({
  accessKeyId: text,
  accessKeySecret: text,
  signName: text.regex(/^[^【】]*$/, 'without 【】'),
  templates,
  endpoint: endpoint.prefault('https://dysmsapi.aliyuncs.com'),
});
const tencentAccount = z.strictObject({
  secretId: text,
  secretKey: text,
  appId: text.regex(/^\d+$/),
  signName: text.regex(/^[^【】]*$/, 'without 【】'),
  templates,
  region: text.default('ap-guangzhou'),
  endpoint: endpoint.prefault('https://sms.tencentcloudapi.com'),
});

/** In the order in which they are asked; none: messages are written to a file. */
export function smsOf(env: SmsEnvironment): SmsAccount[] {
  if (env.SMS_DRIVER === 'console') return [];
  return env.SMS_DRIVER.split(',').map((service) =>
    service === 'aliyun'
      ? { service, account: readAccount('SMS_ALIYUN_FILE', env.SMS_ALIYUN_FILE, aliyunAccount) }
      : { service: 'tencent', account: readAccount('SMS_TENCENT_FILE', env.SMS_TENCENT_FILE, tencentAccount) },
  );
}

/** A message without template would be found missing by the member who waits for it. */
export function requireTemplates(services: readonly SmsAccount[], kinds: readonly string[]): void {
  for (const { service, account } of services) {
    const missing = [CODE_TEMPLATE, ...kinds].filter((kind) => account.templates[kind] === undefined);
    if (missing.length > 0)
      throw invalidSetting(
        `SMS_${service.toUpperCase()}_FILE: no template for ${missing.join(', ')} (docs/sms-templates.md)`,
      );
  }
}

function readAccount<Account extends z.ZodType>(setting: string, path: string | undefined, account: Account) {
  if (!path) throw invalidSetting(`SMS_DRIVER needs ${setting}`);
  return accountOf(setting, path, account);
}

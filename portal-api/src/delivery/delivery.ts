// SPDX-License-Identifier: Apache-2.0
// How text messages and mails leave the portal: ports, and the drivers that the settings choose.
import path from 'node:path';
import type { Logger } from 'pino';
import { type AliyunAccount, aliyunSms } from './aliyun-sms.ts';
import type { SendMail, SendSms } from './message.ts';
import { outboxFile } from './outbox-file.ts';
import { smsByProviders } from './sms-fail-over.ts';
import { type SmtpServer, smtpMail } from './smtp.ts';
import { type TencentAccount, tencentSms } from './tencent-sms.ts';

/** Both may be called twice for one message, after a kill. A part that is down is a `DomainError` that says so. */
export interface Delivery {
  sms: SendSms;
  mail: SendMail;
}

/** With a message service. */
export type SmsAccount =
  | { service: 'aliyun'; account: AliyunAccount }
  | { service: 'tencent'; account: TencentAccount };

interface DeliveryOptions {
  dataFolder: string;
  /** Services in the order in which they are asked; none: messages are written to a file. */
  sms: readonly SmsAccount[];
  /** Undefined: mails are written to a file. */
  smtp: SmtpServer | undefined;
}

interface DeliveryReports {
  logger: Logger;
  /** Of each try to send a text message. */
  countSms(labels: { provider: string; outcome: string }): void;
}

export function openDelivery(
  { dataFolder, sms, smtp }: DeliveryOptions,
  { logger, countSms }: DeliveryReports,
): Delivery {
  const onRefused = (refusal: object) => logger.warn(refusal, 'the mail server refused a mail for good');
  return {
    sms: sms.length > 0 ? sentBy(sms, { logger, countSms }) : writtenTo(path.join(dataFolder, 'sms-outbox.jsonl')),
    mail: smtp ? smtpMail(smtp, { onRefused }) : outboxFile(path.join(dataFolder, 'mail-outbox.jsonl')),
  };
}

function sentBy(services: readonly SmsAccount[], { logger, countSms }: DeliveryReports): SendSms {
  const providers = services.map((each) =>
    each.service === 'aliyun' ? aliyunSms(each.account) : tencentSms(each.account),
  );
  return smsByProviders(providers, {
    onAnswer({ provider, template, answer }) {
      countSms({ provider, outcome: answer.outcome });
      if (answer.outcome === 'accepted') logger.info({ provider, template, id: answer.id }, 'a text message was taken');
      else logger.warn({ provider, template, ...answer }, 'a text message was not taken');
    },
  });
}

/** The words as the telephone would show them. */
function writtenTo(file: string): SendSms {
  const write = outboxFile(file);
  return async (message) => {
    if ('code' in message) return write(message);
    const { phone, kind, language, texts } = message;
    return write({ phone, kind, text: (texts[language] ?? texts.zh).text });
  };
}

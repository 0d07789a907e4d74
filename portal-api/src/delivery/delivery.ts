// SPDX-License-Identifier: Apache-2.0
// How text messages and mails leave the portal: ports, and the drivers that the settings choose.
import path from 'node:path';
import type { Logger } from 'pino';
import type { SendMail, SendSms } from './message.ts';
import { outboxFile } from './outbox-file.ts';
import { type SmtpServer, smtpMail } from './smtp.ts';

/** Both may be called twice for one message, after a kill. A part that is down is a `DomainError` that says so. */
export interface Delivery {
  sms: SendSms;
  mail: SendMail;
}

interface DeliveryOptions {
  dataFolder: string;
  /** Undefined: mails are written to a file. */
  smtp: SmtpServer | undefined;
}

export function openDelivery({ dataFolder, smtp }: DeliveryOptions, logger: Logger): Delivery {
  const onRefused = (refusal: object) => logger.warn(refusal, 'the mail server refused a mail for good');
  return {
    sms: outboxFile(path.join(dataFolder, 'sms-outbox.jsonl')),
    mail: smtp ? smtpMail(smtp, { onRefused }) : outboxFile(path.join(dataFolder, 'mail-outbox.jsonl')),
  };
}

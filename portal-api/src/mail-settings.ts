// SPDX-License-Identifier: Apache-2.0
// How mails leave the portal.
import { urlOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { contentOf, invalidSetting, together } from './reading-settings.ts';

const file = (what: string) => z.string().min(1).optional().describe(what);

export const mailSettings = {
  MAIL_DRIVER: z
    .enum(['console', 'smtp'])
    .default('console')
    .describe('`smtp` sends mails; `console` writes them to a file: development only'),
  MAIL_SMTP_URL: urlOf('smtp:', 'smtps:')
    .optional()
    .describe('`smtps://host:465`, or `smtp://host:587`, where STARTTLS is required unless the host is this machine'),
  MAIL_SMTP_USER: z.string().min(1).optional().describe('Name for the mail server; without it nobody logs in there'),
  MAIL_SMTP_PASSWORD_FILE: file('File with the password for the mail server'),
  MAIL_SMTP_CA_FILE: file('PEM file of the authority behind the mail server’s certificate, if it is a private one'),
  MAIL_FROM: z.email().optional().describe('Address that mails come from'),
};

type MailEnvironment = z.output<z.ZodObject<typeof mailSettings>>;

export interface SmtpSettings {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise by STARTTLS. */
  isImplicitTls: boolean;
  login: { user: string; password: string } | undefined;
  /** PEM. */
  authority: string | undefined;
  from: string;
}

/** Undefined: mails are written to a file. */
export function mailOf(env: MailEnvironment): SmtpSettings | undefined {
  if (env.MAIL_DRIVER === 'console') return undefined;
  const { MAIL_SMTP_URL: address, MAIL_FROM: from } = env;
  if (!address || !from) throw invalidSetting('MAIL_DRIVER=smtp needs MAIL_SMTP_URL and MAIL_FROM');
  const given = together(env, ['MAIL_SMTP_USER', 'MAIL_SMTP_PASSWORD_FILE']);
  const { protocol, hostname, port } = new URL(address);
  const isImplicitTls = protocol === 'smtps:';
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port) || (isImplicitTls ? 465 : 587),
    isImplicitTls,
    login: given && {
      user: given.MAIL_SMTP_USER,
      password: contentOf('MAIL_SMTP_PASSWORD_FILE', given.MAIL_SMTP_PASSWORD_FILE).trim(),
    },
    authority: env.MAIL_SMTP_CA_FILE && contentOf('MAIL_SMTP_CA_FILE', env.MAIL_SMTP_CA_FILE),
    from,
  };
}

// SPDX-License-Identifier: Apache-2.0
// Mails over SMTP, each on a connection of its own. A server that does not answer is left alone for a while, so that the
// mails that wait for it do not keep the workers of other work busy.
import type { Transporter } from 'nodemailer';
import { DomainError } from '../errors.ts';
import { NotYet } from '../queue/failures.ts';
import type { MailMessage, SendMail } from './message.ts';

const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const REST_MS = 10_000;
/** Mail servers turn strangers away at first, and let them in when they come again. */
const COME_AGAIN_MS = 300_000;
/** Half of the outbox's workers: they go on while these wait. */
const AT_ONCE = 2;
const BUSY_MS = 1_000;

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS, which is required unless the host is this machine. */
  isImplicitTls: boolean;
  login?: { user: string; password: string } | undefined;
  /** PEM, of a private authority. */
  authority?: string | undefined;
  from: string;
}

interface SmtpOptions {
  /** The server refuses the address, or the mail, for good. */
  onRefused(refusal: { id: string; responseCode: number }): void;
  /** Tests wait less. */
  restMs?: number;
}

export function smtpMail(server: SmtpServer, { onRefused, restMs = REST_MS }: SmtpOptions): SendMail {
  let transport: Promise<Transporter> | undefined;
  let restsUntil = 0;
  let underWay = 0;
  return async (message) => {
    const waitMs = restsUntil - Date.now();
    if (waitMs > 0) throw new NotYet('the mail server answers', waitMs);
    if (underWay >= AT_ONCE) throw new NotYet('other mails are sent', BUSY_MS);
    const mail = mailOf(server, message);
    underWay += 1;
    try {
      transport ??= openTransport(server);
      await (await transport).sendMail(mail);
    } catch (cause) {
      const responseCode = responseCodeOf(cause);
      if (responseCode === undefined) {
        restsUntil = Date.now() + restMs;
        throw new DomainError('mail-unavailable', {}, { retryAfter: restMs / 1_000, cause });
      }
      if (responseCode < 500) throw new NotYet(`the mail server answered ${responseCode}`, COME_AGAIN_MS);
      onRefused({ id: message.id, responseCode });
    } finally {
      underWay -= 1;
    }
  };
}

/** Loads the library with the first mail. */
async function openTransport(server: SmtpServer): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport(transportOf(server));
}

function transportOf({ host, port, isImplicitTls, login, authority }: SmtpServer) {
  const isThisMachine = /^(localhost|127\..*|::1)$/.test(host);
  return {
    host,
    port,
    secure: isImplicitTls,
    requireTLS: !isImplicitTls && !isThisMachine,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(login && { auth: { user: login.user, pass: login.password } }),
    ...(authority && { tls: { ca: authority } }),
  };
}

function mailOf({ from }: SmtpServer, { id, to, language, subject, text }: MailMessage) {
  return {
    from,
    // As an object, so that no comma makes two addresses of one.
    to: { name: '', address: headerValue(to) },
    subject: headerValue(subject),
    text,
    messageId: `<${id}@${from.split('@')[1]}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language === 'zh' ? 'zh-CN' : 'en' },
  };
}

/** A line break in a header would begin another header. */
function headerValue(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\0-\x1f\x7f]/.test(value)) throw new DomainError('internal', { reason: 'mail-header-malformed' });
  return value;
}

/** Of an answer about this mail. Whatever else fails concerns the server: no connection, no TLS, no login. */
function responseCodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const isAboutMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  return isAboutMail && 'responseCode' in error && typeof error.responseCode === 'number'
    ? error.responseCode
    : undefined;
}

// SPDX-License-Identifier: Apache-2.0
// A real mail server of a test's own, which keeps what arrives for reading. Found through MAILPIT_BIN or on PATH.
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Child, launch } from '../../scripts/processes/child.ts';
import { freePort } from '../../scripts/processes/ports.ts';
import { eventually } from './eventually.ts';
import { findProgram } from './programs.ts';
import { temporaryFolder, untilExit } from './temporary.ts';

export interface ArrivedMail {
  subject: string;
  from: string;
  to: string[];
  messageId: string;
  text: string;
  /** As it came over the wire. */
  raw: string;
}

export interface Mailpit extends Child {
  port: number;
  /** The server's own certificate, if it has one; it is its own authority. */
  certificate: string | undefined;
  /** What has arrived for this address, the newest first. */
  mailsTo(address: string): Promise<ArrivedMail[]>;
  /** From now on every recipient is answered with this code; undefined: they are accepted again. */
  answerRecipients(code: number | undefined): Promise<void>;
}

export interface MailpitOptions {
  /** `tls`: from the first byte; `starttls`: nothing is taken without. */
  security?: 'tls' | 'starttls';
  login?: { user: string; password: string };
  /** Give them again to start one that was stopped. */
  port?: number;
}

/** The path of a Mailpit program on this machine, if there is one. */
export const findMailpit = (): string | undefined => findProgram('MAILPIT_BIN', 'mailpit');

export async function startMailpit(program: string, options: MailpitOptions = {}): Promise<Mailpit> {
  const { security, login, port = await freePort() } = options;
  const [folder, apiPort] = [temporaryFolder(), await freePort()];
  const passwordFile = path.join(folder, 'passwords');
  const [certificateFile, keyFile] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')];
  if (security) await makeCertificate(certificateFile, keyFile);
  if (login) writeFileSync(passwordFile, `${login.user}:${login.password}\n`);
  const settings: Record<string, string> = {
    smtp: `127.0.0.1:${port}`,
    listen: `127.0.0.1:${apiPort}`,
    database: path.join(folder, 'mails.db'),
    'disable-version-check': 'true',
    'smtp-disable-rdns': 'true',
    'enable-chaos': 'true',
    ...(security && { 'smtp-tls-cert': certificateFile, 'smtp-tls-key': keyFile }),
    ...(security === 'tls' && { 'smtp-require-tls': 'true' }),
    ...(security === 'starttls' && { 'smtp-require-starttls': 'true' }),
    ...(login && { 'smtp-auth-file': passwordFile }),
  };
  const args = Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
  const logFile = path.join(folder, 'mailpit.log');
  const child = await launch({ name: 'Mailpit', command: program, args, cwd: folder, logFile });
  const api = apiOf(`http://127.0.0.1:${apiPort}/api/v1`);
  await eventually(() => api.isUp());
  const certificate = security && readFileSync(certificateFile, 'utf8');
  return untilExit({ ...child, port, certificate, mailsTo: api.mailsTo, answerRecipients: api.answerRecipients });
}

interface Listed {
  ID: string;
  Subject: string;
  MessageID: string;
  From: { Address: string };
  To: { Address: string }[];
}

function apiOf(url: string) {
  const get = async (address: string) => {
    const answer = await fetch(url + address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const read = async ({ ID, Subject, MessageID, From, To }: Listed): Promise<ArrivedMail> => {
    const { Text } = (await (await get(`/message/${ID}`)).json()) as { Text: string }; // Mailpit's own form
    const raw = await (await get(`/message/${ID}/raw`)).text();
    const to = To.map(({ Address }) => Address);
    return { subject: Subject, messageId: MessageID, from: From.Address, to, text: Text.replaceAll('\r\n', '\n'), raw };
  };
  return {
    isUp: () =>
      get('/info').then(
        () => true,
        () => false,
      ),
    async mailsTo(address: string): Promise<ArrivedMail[]> {
      const { messages } = (await (await get('/messages')).json()) as { messages: Listed[] }; // Mailpit's own form
      return Promise.all(messages.filter(({ To }) => To.some((each) => each.Address === address)).map(read));
    },
    async answerRecipients(code: number | undefined): Promise<void> {
      const recipient = { ErrorCode: code ?? 451, Probability: code === undefined ? 0 : 100 };
      const body = JSON.stringify({ Recipient: recipient });
      const answer = await fetch(`${url}/chaos`, { method: 'PUT', body });
      if (!answer.ok) throw new Error(`chaos: ${answer.status} ${await answer.text()}`);
    },
  };
}

async function makeCertificate(certificateFile: string, keyFile: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  await promisify(execFile)('openssl', ['req', '-x509', '-days', '2', ...key, ...names, '-out', certificateFile]);
}

// SPDX-License-Identifier: Apache-2.0
// A portal of the test's own: real HTTP on a free port, its own database, files in a temporary folder. And a
// client that keeps a cookie and a CSRF token as a browser would.

import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createLogger } from '@inkseal/service-kit';
import sharp from 'sharp';
import { composePortal, type Portal } from '../../portal-api/src/compose.ts';
import { loadConfig } from '../../portal-api/src/config.ts';
import { migrate } from '../../portal-api/src/db/migrate.ts';
import { PortalVisitor, type RequestParts } from '../../scripts/http/portal-visitor.ts';
import { sendByTus } from '../../scripts/http/tus.ts';
import { eventually } from './eventually.ts';
import { dropDatabase, freshDatabase } from './postgres.ts';
import { temporaryFolder } from './temporary.ts';

export interface TestPortal extends Portal {
  url: string;
  dataFolder: string;
  /** A visitor without a session. */
  visitor(): PortalClient;
  /** Somebody who has registered and logged in; with a verified real name when asked for. */
  member(options?: { verified?: boolean }): Promise<PortalMember>;
  /** The next code sent to the telephone: each one is answered once. */
  smsCode(phone: string): Promise<string>;
  stop(): Promise<void>;
}

export interface PortalMember extends PortalClient {
  phone: string;
  password: string;
}

export const PASSWORD = 'correct horse 7';

/** `environment` adds to or replaces the settings. */
export async function startPortal({
  environment = {},
  log,
}: {
  environment?: Record<string, string>;
  /** Gets every log line. */
  log?: (line: string) => void;
} = {}): Promise<TestPortal> {
  const dataFolder = temporaryFolder();
  const keyFile = path.join(dataFolder, 'ledger-api-key');
  writeFileSync(keyFile, 'test-key\n', { mode: 0o600 });
  const databaseUrl =
    environment.PORTAL_DATABASE_URL ??
    (await freshDatabase({ name: 'portal', prepare: async (url) => void (await migrate(url)) }));
  const config = loadConfig({
    PORTAL_DATABASE_URL: databaseUrl,
    PORT: '0',
    INKSEAL_DATA: dataFolder,
    LEDGER_API_KEY_FILE: keyFile,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    // All visitors of a test come from one address.
    RATE_LIMIT_SCALE: '1000',
    ...environment,
  });
  const destination = log && { write: log };
  const logger = createLogger({ service: 'portal', level: config.logLevel, hidesMessages: true, destination });
  const portal = await composePortal(config, logger);
  portal.server.listen(0, '127.0.0.1');
  await once(portal.server, 'listening');
  const { port } = portal.server.address() as AddressInfo; // a TCP server's address is never a string
  const url = `http://127.0.0.1:${port}`;

  const visitor = () => new PortalClient(url);
  const smsCode = codeReader(path.join(config.dataFolder, 'sms-outbox.jsonl'));
  return {
    ...portal,
    url,
    dataFolder: config.dataFolder,
    visitor,
    smsCode,
    member: (options) => createMember({ visitor, smsCode }, options),
    async stop() {
      portal.server.close();
      portal.server.closeAllConnections();
      await portal.close();
      if (environment.PORTAL_DATABASE_URL === undefined) await dropDatabase(databaseUrl);
    },
  };
}

let phones = 0;

/** A telephone that no other test of this run uses. */
export function newPhone(): string {
  phones += 1;
  return `139${String(phones).padStart(8, '0')}`;
}

/** A resident ID number with the right check character, another one at each call. */
export function newResidentId(): string {
  residents += 1;
  const digits = `37010219900307${String(residents).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits + '10X98765432'.charAt(sum % 11);
}

let residents = 0;

/** A picture with metadata in it, as a telephone would make one. */
export function photo(width = 600, height = 400): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r: 90, g: 140, b: 200 } } })
    .withExif({ IFD0: { Make: 'Inkseal test camera', Copyright: 'EXIF-MARK' } })
    .jpeg()
    .toBuffer();
}

export interface PortalAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  bytes: Buffer;
  headers: Headers;
  /** The problem's code, if it is one. */
  code: string | undefined;
  /** `field: code` of each wrong field. */
  fields: string[];
}

export class PortalClient extends PortalVisitor {
  phone = '';
  password = '';

  get(path: string, headers: Record<string, string> = {}): Promise<PortalAnswer> {
    return this.#send('GET', path, { headers });
  }

  post(path: string, json?: unknown): Promise<PortalAnswer> {
    return this.#sendJson('POST', path, json);
  }

  put(path: string, json?: unknown): Promise<PortalAnswer> {
    return this.#sendJson('PUT', path, json);
  }

  delete(path: string): Promise<PortalAnswer> {
    return this.#sendJson('DELETE', path);
  }

  /** Bytes as the body; the headers say what they are. */
  sendBytes(method: string, path: string, bytes: Uint8Array, headers: Record<string, string>): Promise<PortalAnswer> {
    return this.#send(method, path, { body: bytes, headers });
  }

  async logIn(phone: string, password: string): Promise<PortalAnswer> {
    const answer = await this.post('/sessions', { phone, password });
    // The token belonged to the session before.
    if (answer.status === 204) this.csrfToken = undefined;
    return answer;
  }

  #sendJson(method: string, path: string, json?: unknown): Promise<PortalAnswer> {
    if (json === undefined) return this.#send(method, path);
    const body = typeof json === 'string' ? json : JSON.stringify(json);
    return this.#send(method, path, { body, headers: { 'Content-Type': 'application/json' } });
  }

  async #send(method: string, path: string, parts: RequestParts = {}): Promise<PortalAnswer> {
    const isOutsideApi = /^\/(healthz|readyz|metrics)/.test(path);
    const answer = await this.request(method, isOutsideApi ? `${this.url}${path}` : path, parts);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const parsed = /\bjson\b/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(bytes.toString()) : undefined;
    const errors: { field: string; code: string }[] = parsed?.errors ?? [];
    return {
      status: answer.status,
      body: parsed,
      bytes,
      headers: answer.headers,
      code: parsed?.code,
      fields: errors.map(({ field, code }) => `${field}: ${code}`).toSorted(),
    };
  }
}

/** Somebody who has registered and logged in, at whatever portal. */
export async function createMember(
  { visitor, smsCode }: Pick<TestPortal, 'visitor' | 'smsCode'>,
  { verified = false }: { verified?: boolean } = {},
): Promise<PortalMember> {
  const member = visitor();
  member.phone = newPhone();
  member.password = PASSWORD;
  const { phone, password } = member;
  await expectStatus(202, member.post('/sms-codes', { phone, purpose: 'REGISTER' }));
  const form = { phone, code: await smsCode(phone), password, passwordRepeat: password, consent: true };
  await expectStatus(201, member.post('/accounts', form));
  await expectStatus(204, member.logIn(phone, password));
  if (verified) await expectStatus(200, verify(member));
  return member;
}

/** Saves a real name that nobody else has. */
export async function verify(
  member: PortalClient,
  { name = '测试员', idNumber = newResidentId() }: { name?: string; idNumber?: string } = {},
): Promise<PortalAnswer> {
  const picture = await photo();
  const upload = (side: string) =>
    expectStatus(
      201,
      member.sendBytes('POST', `/identity/images?side=${side}`, picture, { 'Content-Type': 'image/jpeg' }),
    );
  return member.put('/identity', {
    nature: 'PERSONAL',
    name,
    idNumber,
    email: 'test@example.org',
    address: '山东省济南市历下区测试路1号',
    frontImageId: (await upload('front')).body.id,
    backImageId: (await upload('back')).body.id,
    consent: true,
  });
}

/** Sends the file by tus and waits until it is stored; answers the upload's id. */
export async function uploadFile(member: PortalClient, name: string, bytes: Uint8Array): Promise<string> {
  const id = await sendByTus(member, { source: Buffer.from(bytes), size: bytes.length, name });
  await eventually(async () => (await member.get(`/upload-status/${id}`)).body.state === 'COMPLETE');
  return id;
}

/** The answer, or an error that shows it when its status is another. */
export async function expectStatus(status: number, promise: Promise<PortalAnswer>): Promise<PortalAnswer> {
  const answer = await promise;
  if (answer.status === status) return answer;
  throw new Error(`${answer.status} instead of ${status}: ${answer.bytes.toString().slice(0, 500)}`);
}

/** Reads the development outbox of text messages: the next code to a telephone, each one once. */
export function codeReader(file: string): (phone: string) => Promise<string> {
  const read = new Map<string, number>();
  return async (phone) => {
    const place = read.get(phone) ?? 0;
    const code = await eventually(() => codesOf(file, phone)[place]);
    read.set(phone, place + 1);
    return code;
  };
}

function codesOf(file: string, phone: string): string[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines
    .map((line) => JSON.parse(line))
    .flatMap((sent) => (sent.phone === phone && sent.code ? [sent.code] : []));
}

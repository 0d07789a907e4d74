// SPDX-License-Identifier: Apache-2.0
// The demo's creator: an invented person with a valid identity number, kept in the data folder, so that a second run
// goes on with the same account and its works.
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { eventually } from '../processes/eventually.ts';
import { Failure } from '../processes/failure.ts';
import { writeDurably } from '../processes/files.ts';
import { Refusal, Session } from './session.ts';

const credentialsSchema = z.object({ phone: z.string(), password: z.string() });
type Credentials = z.output<typeof credentialsSchema>;

const SMS_WITHIN_MS = 15_000;
const ID_TRIES = 5;

export interface Demo {
  url: string;
  dataFolder: string;
  say: (line: string) => void;
}

/** Logged in, with a verified real name. */
export async function creator({ url, dataFolder, say }: Demo): Promise<Session> {
  const file = path.join(dataFolder, 'keys', 'demo-account.json');
  if (!existsSync(path.dirname(file))) {
    throw new Failure(`no system was started on ${dataFolder}: run "npm start" first, with the same INKSEAL_DATA`);
  }
  const session = new Session(url);
  if (!existsSync(file)) await writeDurably(file, JSON.stringify(newCredentials()));
  const credentials = credentialsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const isKnown = await logIn(session, credentials);
  if (!isKnown) await register(session, credentials, dataFolder);
  say(`account ${credentials.phone} ${isKnown ? 'goes on' : 'registered'}`);

  const { isVerified } = await session.get('/me', z.object({ isVerified: z.boolean() }));
  if (!isVerified) await verifyIdentity(session);
  say(`identity ${isVerified ? 'was verified before' : 'verified'}`);
  return session;
}

/** The reviewer for development, whose credentials the portal has written. */
export async function reviewer({ url, dataFolder }: Demo): Promise<Session> {
  const file = path.join(dataFolder, 'keys', 'reviewer.json');
  if (!existsSync(file)) throw new Failure(`${file} is missing: the demo needs the reviewer that "npm start" creates`);
  const { phone, password } = credentialsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const session = new Session(url);
  await session.logIn(phone, password);
  return session;
}

function newCredentials(): Credentials {
  const phone = `199${String(randomInt(100_000_000)).padStart(8, '0')}`;
  return { phone, password: `Demo-${randomBytes(12).toString('base64url')}-1` };
}

async function logIn(session: Session, { phone, password }: Credentials): Promise<boolean> {
  try {
    await session.logIn(phone, password);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'credentials-invalid') return false;
    throw error;
  }
}

async function register(session: Session, { phone, password }: Credentials, dataFolder: string): Promise<void> {
  const outbox = path.join(dataFolder, 'sms-outbox.jsonl');
  const before = codesOf(outbox, phone).length;
  await session.send('POST', '/sms-codes', { phone, purpose: 'REGISTER' }, z.unknown());
  let code: string | undefined;
  const isSent = async () => {
    code = codesOf(outbox, phone)[before];
    return code !== undefined;
  };
  await eventually(isSent, { what: `the code sent to ${phone}, in ${outbox}`, withinMs: SMS_WITHIN_MS });
  const form = { phone, code, password, passwordRepeat: password, consent: true };
  await session.send('POST', '/accounts', form, z.unknown());
  await session.logIn(phone, password);
}

function codesOf(outbox: string, phone: string): string[] {
  if (!existsSync(outbox)) return [];
  const lines = readFileSync(outbox, 'utf8').split('\n').filter(Boolean);
  const sent = lines.map((line) =>
    z.object({ phone: z.string(), code: z.string().optional() }).parse(JSON.parse(line)),
  );
  return sent.flatMap((each) => (each.phone === phone && each.code !== undefined ? [each.code] : []));
}

async function verifyIdentity(session: Session, tries = ID_TRIES): Promise<void> {
  const image = async (side: 'front' | 'back', shade: number) => {
    const picture = await idPicture(shade);
    const schema = z.object({ id: z.uuid() });
    return (await session.sendBytes(`/identity/images?side=${side}`, picture, 'image/jpeg', schema)).id;
  };
  const identity = {
    nature: 'PERSONAL',
    name: '演示者',
    idNumber: syntheticId(),
    email: 'demo@example.org',
    address: '山东省济南市历下区演示路1号',
    frontImageId: await image('front', 200),
    backImageId: await image('back', 160),
    consent: true,
  };
  try {
    await session.send('PUT', '/identity', identity, z.unknown());
  } catch (error) {
    const isTaken = error instanceof Refusal && error.code === 'identity-in-use';
    if (!isTaken || tries === 1) throw error;
    await verifyIdentity(session, tries - 1);
  }
}

/** Right by its check character, and nobody's: the day of birth and the sequence are drawn. */
function syntheticId(): string {
  const born = new Date(Date.UTC(1970 + randomInt(35), randomInt(12), 1 + randomInt(28)));
  const day = born.toISOString().slice(0, 10).replaceAll('-', '');
  const digits = `370102${day}${String(randomInt(1_000)).padStart(3, '0')}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return digits + '10X98765432'.charAt(sum % 11);
}

function idPicture(shade: number): Promise<Buffer> {
  const background = { r: shade, g: 210, b: 230 };
  return sharp({ create: { width: 856, height: 540, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

// SPDX-License-Identifier: Apache-2.0
// Sessions kept in PostgreSQL, and the CSRF token that belongs to one. The id in the cookie changes at login, so an id
// that an attacker planted before is worth nothing after.
import { csrfSync } from 'csrf-sync';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { Database } from '../db/database.ts';
import { type Device, deviceOf } from './device.ts';
import { createSessionStore } from './session-store.ts';

/** Without a request for this long, a session ends. */
export const IDLE_MS = 4 * 60 * 60 * 1_000;

declare module 'express-session' {
  interface SessionData {
    accountId: string;
    /** Must equal the account's: a password reset raises that one and so ends all sessions. */
    epoch: number;
    loggedInAt: number;
    /** For the member's own list. */
    device: Device;
    /** When the second step of a staff log-in was passed. */
    secondStepAt: number;
    /** For which organisation the session acts; absent or null: for the account itself. */
    organisationId: string | null;
  }
}

export interface SessionOptions {
  db: Database;
  secret: Buffer;
  isHttps: boolean;
  onStoreError: (error: unknown) => void;
}

export interface Sessions {
  handler: RequestHandler;
  /** Stops the pruning timer. */
  close(): void;
}

export function createSessions({ db, secret, isHttps, onStoreError }: SessionOptions): Sessions {
  const store = createSessionStore({ pool: db.pool, onError: onStoreError });
  const handler = session({
    store,
    secret: secret.toString('hex'),
    name: cookieName(isHttps),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps, maxAge: IDLE_MS },
  });
  return { handler, close: () => store.close() };
}

/** `__Host-` makes browsers insist on Secure, no domain and the whole path: no other host can plant the cookie. */
export function cookieName(isHttps: boolean): string {
  return isHttps ? '__Host-inkseal' : 'inkseal';
}

/** The second name is axios': pages that others wrote know no other. */
const csrf = csrfSync({ getTokenFromRequest: (req) => req.get('X-CSRF-Token') ?? req.get('X-XSRF-TOKEN') });

/** Refuses unsafe methods without the session's token. */
export const csrfProtection = csrf.csrfSynchronisedProtection;

/** The session's token, made when there is none. */
export function csrfTokenOf(req: Request): string {
  return csrf.generateToken(req);
}

interface NewSession {
  id: string;
  sessionEpoch: number;
  /** For which organisation the session acts at first. */
  organisationId: string | null;
}

/** Gives the request a session with a new id, for this account, and drops the old one. */
export async function logIn(req: Request, account: NewSession): Promise<void> {
  await asPromise((done) => req.session.regenerate(done));
  req.session.accountId = account.id;
  req.session.epoch = account.sessionEpoch;
  req.session.loggedInAt = Date.now();
  req.session.device = deviceOf(req);
  req.session.organisationId = account.organisationId;
  // Made now: requests that come at once would each make one of their own, and only the last would hold.
  csrfTokenOf(req);
  await asPromise((done) => req.session.save(done));
}

/** The session goes on after all others of the account were ended. */
export async function keepSession(req: Request, sessionEpoch: number): Promise<void> {
  req.session.epoch = sessionEpoch;
  await asPromise((done) => req.session.save(done));
}

/** The session goes on with a new id: one that somebody saw before the second step is worth nothing after it. */
export async function passSecondStep(req: Request): Promise<void> {
  const { cookie: _cookie, csrfToken: _token, ...kept } = req.session;
  await asPromise((done) => req.session.regenerate(done));
  Object.assign(req.session, kept, { secondStepAt: Date.now() });
  csrfTokenOf(req);
  await asPromise((done) => req.session.save(done));
}

export async function logOut(req: Request): Promise<void> {
  await asPromise((done) => req.session.destroy(done));
}

function asPromise(start: (done: (error: unknown) => void) => unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => (error ? reject(error) : resolve()));
  });
}

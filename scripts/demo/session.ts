// SPDX-License-Identifier: Apache-2.0
// A visitor of the portal: keeps the cookie and the CSRF token as a browser would, and speaks JSON.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { Failure } from '../processes/failure.ts';

const TIMEOUT_MS = 60_000;

const problemSchema = z.object({
  code: z.string(),
  errors: z.array(z.object({ field: z.string(), code: z.string() })).default([]),
});

/** An answer that the portal gave as a problem. */
export class Refusal extends Failure {
  readonly code: string;

  constructor(request: string, { code, errors }: z.output<typeof problemSchema>) {
    const fields = errors.map((error) => `${error.field}: ${error.code}`).join(', ');
    super(`the portal refused ${request}: ${code}${fields && ` (${fields})`}`);
    this.code = code;
  }
}

export class Session {
  readonly url: string;
  #cookie: string | undefined;
  #token: string | undefined;

  constructor(url: string) {
    this.url = url;
  }

  get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    return this.#json(path, {}, schema);
  }

  async send<S extends z.ZodType>(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    schema: S,
  ): Promise<z.output<S>> {
    const headers = { ...(await this.headers()), 'Content-Type': 'application/json' };
    return this.#json(path, { method, headers, body: JSON.stringify(body) }, schema);
  }

  async sendBytes<S extends z.ZodType>(path: string, bytes: Uint8Array, type: string, schema: S): Promise<z.output<S>> {
    const headers = { ...(await this.headers()), 'Content-Type': type };
    return this.#json(path, { method: 'POST', headers, body: new Uint8Array(bytes) }, schema);
  }

  /** The session is another one after it, with another token. */
  async logIn(phone: string, password: string): Promise<void> {
    await this.send('POST', '/sessions', { phone, password }, z.undefined());
    this.#token = undefined;
  }

  /** What an unsafe request must carry. */
  async headers(): Promise<Record<string, string>> {
    this.#token ??= (await this.get('/csrf', z.object({ token: z.string() }))).token;
    return { Cookie: this.#cookie ?? '', 'X-CSRF-Token': this.#token };
  }

  /** Streams: what is saved may be large. */
  async save(path: string, file: string): Promise<void> {
    const answer = await this.#fetch(path, { headers: { Cookie: this.#cookie ?? '' } }, undefined);
    if (!answer.ok || !answer.body) throw await refusalOf(`GET ${path}`, answer);
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(file, { mode: 0o600 }));
  }

  async #json<S extends z.ZodType>(path: string, init: RequestInit, schema: S): Promise<z.output<S>> {
    const headers = { Cookie: this.#cookie ?? '', ...init.headers };
    const answer = await this.#fetch(path, { ...init, headers }, TIMEOUT_MS);
    if (!answer.ok) throw await refusalOf(`${init.method ?? 'GET'} ${path}`, answer);
    const text = await answer.text();
    return schema.parse(text === '' ? undefined : JSON.parse(text));
  }

  async #fetch(path: string, init: RequestInit, timeoutMs: number | undefined): Promise<Response> {
    const signal = timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) };
    const answer = await fetch(`${this.url}/api/v1${path}`, { ...init, ...signal }).catch(() => {
      throw new Failure(`no portal answers at ${this.url}: run "npm start" first, or set PORT or PORTAL_URL`);
    });
    const [cookie] = answer.headers.getSetCookie();
    if (cookie) this.#cookie = cookie.split(';')[0];
    return answer;
  }
}

async function refusalOf(request: string, answer: Response): Promise<Failure> {
  const text = await answer.text();
  const isProblem = answer.headers.get('content-type')?.includes('problem+json');
  if (isProblem) return new Refusal(request, problemSchema.parse(JSON.parse(text)));
  return new Failure(`the portal answered ${answer.status} to ${request}`);
}

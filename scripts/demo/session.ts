// SPDX-License-Identifier: Apache-2.0
// The demo's session with the portal: parses every answer, and throws what the portal refuses.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { PortalVisitor, type RequestParts } from '../http/portal-visitor.ts';
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
  readonly visitor: PortalVisitor;

  constructor(url: string) {
    this.visitor = new PortalVisitor(url);
  }

  get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    return this.#json('GET', path, {}, schema);
  }

  send<S extends z.ZodType>(method: 'POST' | 'PUT', path: string, body: unknown, schema: S): Promise<z.output<S>> {
    const headers = { 'Content-Type': 'application/json' };
    return this.#json(method, path, { headers, body: JSON.stringify(body) }, schema);
  }

  sendBytes<S extends z.ZodType>(path: string, bytes: Uint8Array, type: string, schema: S): Promise<z.output<S>> {
    return this.#json('POST', path, { headers: { 'Content-Type': type }, body: bytes }, schema);
  }

  /** The session is another one after it, with another token. */
  async logIn(phone: string, password: string): Promise<void> {
    await this.send('POST', '/sessions', { phone, password }, z.undefined());
    this.visitor.csrfToken = undefined;
  }

  /** Streams: what is saved may be large. */
  async save(path: string, file: string): Promise<void> {
    const answer = await this.#request('GET', path, {});
    if (!answer.ok || !answer.body) throw await refusalOf(`GET ${path}`, answer);
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(file, { mode: 0o600 }));
  }

  async #json<S extends z.ZodType>(method: string, path: string, parts: RequestParts, schema: S): Promise<z.output<S>> {
    const answer = await this.#request(method, path, { ...parts, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!answer.ok) throw await refusalOf(`${method} ${path}`, answer);
    const text = await answer.text();
    return schema.parse(text === '' ? undefined : JSON.parse(text));
  }

  #request(method: string, path: string, parts: RequestParts): Promise<Response> {
    return this.visitor.request(method, path, parts).catch(() => {
      throw new Failure(`no portal answers at ${this.visitor.url}: run "npm start" first, or set PORT or PORTAL_URL`);
    });
  }
}

async function refusalOf(request: string, answer: Response): Promise<Failure> {
  const text = await answer.text();
  const isProblem = answer.headers.get('content-type')?.includes('problem+json');
  if (isProblem) return new Refusal(request, problemSchema.parse(JSON.parse(text)));
  return new Failure(`the portal answered ${answer.status} to ${request}`);
}

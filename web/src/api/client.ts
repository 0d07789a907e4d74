// SPDX-License-Identifier: Apache-2.0
// The one way to the portal: openapi-fetch, typed by the portal's OpenAPI document. Callers see neither the CSRF token
// nor an ended session: after either was renewed, the request is sent again.
import createClient, { defaultPathSerializer, type Middleware } from 'openapi-fetch';
import { actingParty, tellActingChanged } from './acting.ts';
import { errorOf, toApiError } from './api-error.ts';
import type { paths } from './schema.gen.ts';
import { signInAgain } from './session-gate.ts';

export const API = '/api/v1';

/** Requests need whole addresses; outside a browser, where the tests run, there is no page to take the origin from. */
const ORIGIN = typeof window === 'undefined' ? 'http://localhost' : window.location.origin;
const UNSAFE_METHODS = ['POST', 'PUT', 'DELETE'];

type Method = 'get' | 'post' | 'put' | 'delete';
type PathsWith<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type AnswerOf<O> = O extends { responses: infer R } ? JsonOf<R[keyof R & (200 | 201 | 202)]> : never;
type JsonOf<R> = R extends { content: { 'application/json': infer A } } ? A : undefined;

interface Options<O> {
  params?: O extends { parameters: { path: infer P } } ? P : undefined;
  /** Empty texts are left out. */
  query?: O extends { parameters: { query?: infer Q } } ? Q : undefined;
  body?: O extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined;
  /** Sent as it is, instead of JSON. */
  bytes?: Blob;
  signal?: AbortSignal;
  /** True: the caller wants to know that nobody is logged in. */
  isProbe?: boolean;
}

const client = createClient<paths>({
  baseUrl: ORIGIN + API,
  credentials: 'same-origin',
  fetch: (request) => globalThis.fetch(request),
  querySerializer: (query) => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
    return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  },
});

/** What is not done for the party on show: logging in and out, and choosing another party. */
const IS_FOR_NO_PARTY = /\/(sessions|sessions\/current|session\/acting)$/;

/** The headers of every request that changes something. */
const unsafeHeaders: Middleware = {
  onRequest: async ({ request }) => {
    if (!UNSAFE_METHODS.includes(request.method)) return;
    request.headers.set('X-CSRF-Token', await csrfToken());
    const { pathname } = new URL(request.url);
    if (!IS_FOR_NO_PARTY.test(pathname)) request.headers.set('X-Acting-For', actingParty());
  },
};

const apiErrors: Middleware = {
  onResponse: async ({ response }) => {
    if (!response.ok) throw await errorOf(response);
  },
  onError: ({ error }) => (isAbort(error) ? undefined : toApiError(error)),
};

client.use(apiErrors, unsafeHeaders);

/** `await call('get', '/works/{id}', { params: { id } })`; throws ApiError. */
export async function call<M extends Method, P extends PathsWith<M>>(
  method: M,
  path: P,
  options: Options<Operation<P, M>> = {},
): Promise<AnswerOf<Operation<P, M>>> {
  try {
    return await send(method, path, options);
  } catch (error) {
    if (!(await isWorthRepeating(error, options.isProbe))) throw error;
    return send(method, path, options);
  }
}

/** Where a download or a picture is; `link('/works/{id}/files/{uploadId}/thumbnail', { id, uploadId })`. */
export function link(path: keyof paths, params: Record<string, string>): string {
  return API + defaultPathSerializer(path, params);
}

let token: Promise<string> | undefined;

export function csrfToken(): Promise<string> {
  token ??= call('get', '/csrf').then(
    (answer) => answer.token,
    (error: unknown) => {
      token = undefined;
      throw error;
    },
  );
  return token;
}

/** After login and logout the session is another one, and so is its token. */
export function forgetCsrfToken(): void {
  token = undefined;
}

async function send<A>(method: Method, path: string, options: Options<unknown>): Promise<A> {
  const { params, query, body, bytes, signal } = options;
  const init = {
    params: { path: params, query },
    ...(body !== undefined && { body }),
    ...(bytes && { body: bytes, bodySerializer: (blob: unknown) => blob, headers: { 'Content-Type': bytes.type } }),
    ...(signal && { signal }),
  };
  // `call` has typed all of it by the document, which openapi-fetch cannot follow through a generic.
  const request = client.request as unknown as (...args: unknown[]) => Promise<{ data: A }>;
  return (await request(method, path, init)).data;
}

async function isWorthRepeating(error: unknown, isProbe = false): Promise<boolean> {
  const { code } = toApiError(error);
  if (code === 'acting-changed') tellActingChanged();
  if (code === 'csrf-invalid') forgetCsrfToken();
  else if (code === 'unauthenticated' && !isProbe) await signInAgain();
  else return false;
  return true;
}

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

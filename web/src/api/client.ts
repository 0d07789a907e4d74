// SPDX-License-Identifier: Apache-2.0
// The one way to the portal: typed by its OpenAPI document, with the CSRF token, and with a second try after the
// token or the session was renewed, so that callers never see either.
import { ApiError, errorOf, toApiError } from './api-error.ts';
import type { paths } from './schema.gen.ts';
import { signInAgain } from './session-gate.ts';

export const API = '/api/v1';

type Method = 'get' | 'post' | 'put' | 'delete';
type PathsWith<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer B } } } ? B : undefined;
type AnswerOf<O> = O extends { responses: infer R } ? JsonOf<R[keyof R & (200 | 201 | 202)]> : never;
type JsonOf<R> = R extends { content: { 'application/json': infer A } } ? A : undefined;
type QueryOf<O> = O extends { parameters: { query?: infer Q } } ? Q : never;

interface Options<Body, Query> {
  params?: Record<string, string>;
  query?: Query;
  body?: Body;
  /** Sent as it is, instead of JSON. */
  bytes?: Blob;
  signal?: AbortSignal;
  /** True: the caller wants to know that nobody is logged in. */
  isProbe?: boolean;
}

/** `await call('get', '/works/{id}', { params: { id } })`; throws ApiError. */
export function call<M extends Method, P extends PathsWith<M>>(
  method: M,
  path: P,
  options: Options<BodyOf<Operation<P, M>>, QueryOf<Operation<P, M>>> = {},
): Promise<AnswerOf<Operation<P, M>>> {
  return send(method, addressOf(path, options.params, options.query ?? undefined), options);
}

/** Where a download or a picture is; `link('/works/{id}/files/{uploadId}/thumbnail', { id, uploadId })`. */
export function link(path: keyof paths, params: Record<string, string>): string {
  return API + addressOf(path, params);
}

let token: Promise<string> | undefined;

export function csrfToken(): Promise<string> {
  token ??= fetchToken().catch((error: unknown) => {
    token = undefined;
    throw error;
  });
  return token;
}

/** After login and logout the session is another one, and so is its token. */
export function forgetCsrfToken(): void {
  token = undefined;
}

async function fetchToken(): Promise<string> {
  const response = await reach('/csrf', {});
  if (!response.ok) throw await errorOf(response);
  const answer: { token: string } = await response.json();
  return answer.token;
}

async function send<A>(method: Method, address: string, options: Options<unknown, unknown>): Promise<A> {
  const response = await sendOnce(method, address, options);
  if (response.ok) return response.status === 204 ? (undefined as A) : response.json(); // 204 is typed as undefined
  const error = await errorOf(response);
  if (!(await isWorthRepeating(error, options))) throw error;
  const second = await sendOnce(method, address, options);
  if (!second.ok) throw await errorOf(second);
  return second.status === 204 ? (undefined as A) : second.json(); // as above
}

async function isWorthRepeating(error: ApiError, { isProbe }: Options<unknown, unknown>): Promise<boolean> {
  if (error.code === 'csrf-invalid') {
    forgetCsrfToken();
    return true;
  }
  if (error.code !== 'unauthenticated' || isProbe) return false;
  await signInAgain();
  return true;
}

async function sendOnce(
  method: Method,
  address: string,
  { body, bytes, signal }: Options<unknown, unknown>,
): Promise<Response> {
  const headers: Record<string, string> = {};
  if (method !== 'get') headers['X-CSRF-Token'] = await csrfToken();
  if (bytes) headers['Content-Type'] = bytes.type;
  else if (body !== undefined) headers['Content-Type'] = 'application/json';
  const content = bytes ?? (body === undefined ? null : JSON.stringify(body));
  return reach(address, { method: method.toUpperCase(), headers, body: content, ...(signal && { signal }) });
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(API + address, { credentials: 'same-origin', ...init });
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') throw thrown;
    throw thrown instanceof ApiError ? thrown : toApiError(thrown);
  }
}

function addressOf(path: string, params: Record<string, string> = {}, query?: unknown): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
  return given.length > 0 ? `${filled}?${search}` : filled;
}

// SPDX-License-Identifier: Apache-2.0
// The one HTTP client of scripts and tests for the portal: it keeps the cookie and the CSRF token as a browser would.
import { z } from 'zod';

export interface RequestParts {
  body?: string | Uint8Array | undefined;
  headers?: Record<string, string> | undefined;
  signal?: AbortSignal | undefined;
}

export class PortalVisitor {
  readonly url: string;
  cookie: string | undefined;
  /** Undefined: fetched before the next unsafe request. Null: left out. */
  csrfToken: string | null | undefined;

  constructor(url: string) {
    this.url = url;
  }

  /** `path` is below /api/v1, or a whole address. Redirects are not followed. */
  async request(method: string, path: string, { body, headers = {}, signal }: RequestParts = {}): Promise<Response> {
    const token = isSafe(method) ? {} : await this.csrfHeader();
    const answer = await fetch(path.startsWith('http') ? path : `${this.url}/api/v1${path}`, {
      method,
      headers: { ...token, ...headers, ...(this.cookie ? { Cookie: this.cookie } : {}) },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
      ...(signal && { signal }),
    });
    const [setCookie] = answer.headers.getSetCookie();
    if (setCookie) this.cookie = setCookie.split(';')[0];
    return answer;
  }

  /** What unsafe requests carry, for a client that sends them itself. */
  async credentials(): Promise<Record<string, string>> {
    const token = await this.csrfHeader();
    return { ...(this.cookie ? { Cookie: this.cookie } : {}), ...token };
  }

  async csrfHeader(): Promise<Record<string, string>> {
    if (this.csrfToken === undefined) this.csrfToken = await this.#fetchToken();
    return this.csrfToken ? { 'X-CSRF-Token': this.csrfToken } : {};
  }

  async #fetchToken(): Promise<string> {
    const answer = await this.request('GET', '/csrf');
    return z.object({ token: z.string() }).parse(await answer.json()).token;
  }
}

const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD';

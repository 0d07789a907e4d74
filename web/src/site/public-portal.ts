// SPDX-License-Identifier: Apache-2.0
// What the portal answers to visitors. No session goes along.
import type { components } from '../api/schema.gen.ts';

const API = '/api/v1';

/** A request that brought no answer of use: `offline`, or the portal's own code, with the fields that it refused. */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  readonly code: string;
  readonly fields: readonly string[];

  constructor(code: string, fields: readonly string[] = []) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}

/** Throws PortalError. */
export async function askPortal(path: string, body?: object): Promise<Response> {
  const answer = await fetch(API + path, {
    credentials: 'omit',
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch(() => {
    throw new PortalError('offline');
  });
  if (answer.ok) return answer;
  const problem: Partial<components['schemas']['Problem']> = await answer.json().catch(() => ({}));
  const fields = problem.errors?.map(({ field }) => field);
  throw new PortalError(problem.code ?? 'portal-failed', fields);
}

// SPDX-License-Identifier: Apache-2.0
// Public works as the portal serves them to visitors. No session goes along.
import type { components } from '../../api/schema.gen.ts';
import { addressOf, type WorkQuery } from './query.ts';

const API = '/api/v1/publications';

type Schemas = components['schemas'];
export type WorkSummary = Schemas['PublicWorkSummary'];
export type PublicWork = Schemas['PublicWork'];

export interface FoundWorks {
  readonly items: readonly WorkSummary[];
  /** Where the next page begins. */
  readonly next: string | null;
}

export interface ReportForm {
  readonly ground: string;
  readonly text: string;
  readonly contact: string;
}

/** A request that brought no answer of use: `offline`, or the portal's own code, with the fields that it refused. */
export class PublicWorkError extends Error {
  override readonly name = 'PublicWorkError';
  readonly code: string;
  readonly fields: readonly string[];

  constructor(code: string, fields: readonly string[] = []) {
    super(code);
    this.code = code;
    this.fields = fields;
  }
}

/** Throws PublicWorkError, as all of these do. */
export async function searchWorks(query: WorkQuery): Promise<FoundWorks> {
  return (await ask(addressOf(query).replace('/works', ''))).json();
}

export async function readWork(id: string): Promise<PublicWork> {
  return (await ask(`/${id}`)).json();
}

export async function reportWork(id: string, form: ReportForm): Promise<void> {
  await ask(`/${id}/reports`, form);
}

/** The address of a picture, small for lists. */
export function pictureAddress(id: string, imageId: string, size: 'picture' | 'small'): string {
  return `${API}/${id}/images/${imageId}${size === 'small' ? '/small' : ''}`;
}

async function ask(path: string, body?: object): Promise<Response> {
  const answer = await fetch(API + path, {
    credentials: 'omit',
    ...(body && {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  }).catch(() => {
    throw new PublicWorkError('offline');
  });
  if (answer.ok) return answer;
  const problem: Partial<Schemas['Problem']> = await answer.json().catch(() => ({}));
  const fields = problem.errors?.map(({ field }) => field);
  throw new PublicWorkError(problem.code ?? 'portal-failed', fields);
}

// SPDX-License-Identifier: Apache-2.0
// Public works as the portal serves them to visitors.
import type { components } from '../../api/schema.gen.ts';
import { askPortal } from '../public-portal.ts';
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

/** Throws PortalError, as all of these do. */
export async function searchWorks(query: WorkQuery): Promise<FoundWorks> {
  return (await askPortal(`/publications${addressOf(query).replace('/works', '')}`)).json();
}

export async function readWork(id: string): Promise<PublicWork> {
  return (await askPortal(`/publications/${id}`)).json();
}

export async function reportWork(id: string, form: ReportForm): Promise<void> {
  await askPortal(`/publications/${id}/reports`, form);
}

/** The address of a picture, small for lists. */
export function pictureAddress(id: string, imageId: string, size: 'picture' | 'small'): string {
  return `${API}/${id}/images/${imageId}${size === 'small' ? '/small' : ''}`;
}

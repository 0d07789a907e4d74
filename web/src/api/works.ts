// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { call } from './client.ts';
import type { components } from './schema.gen.ts';

type Schemas = components['schemas'];
export type Work = Schemas['Work'];
export type WorkSummary = Schemas['WorkSummary'];
export type WorkFile = Schemas['WorkFile'];
export type WorkForm = Schemas['WorkForm'];
export type WorkType = NonNullable<Work['workType']>;
export type UploadStatus = Schemas['UploadStatus'];
export type UploadProblem = UploadStatus['problems'][number];

export function useWork(id: string) {
  return useQuery({
    queryKey: ['work', id],
    queryFn: ({ signal }) => call('get', '/works/{id}', { params: { id }, signal }),
  });
}

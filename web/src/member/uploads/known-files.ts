// SPDX-License-Identifier: Apache-2.0
// Files that a form names. A page that was left in the middle of an upload names some that no record holds yet.
import { useQueries } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { WorkFile } from '../../api/works.ts';
import type { KnownFile } from './file-row.ts';
import { useUploads } from './upload-queue.ts';

/** The files of the record, and what the portal says of the other uploads; one that is gone is in neither. */
export function useKnownFiles(recorded: ReadonlyMap<string, WorkFile>, ids: readonly string[]): Map<string, KnownFile> {
  const items = useUploads();
  const unknown = ids.filter((id) => !recorded.has(id) && !items.some(({ uploadId }) => uploadId === id));
  const asked = useQueries({
    queries: [...new Set(unknown)].map((id) => ({
      queryKey: ['upload', id],
      queryFn: () => call('get', '/upload-status/{id}', { params: { id } }),
    })),
  });
  const known = new Map<string, KnownFile>(recorded);
  for (const { data } of asked) if (data) known.set(data.id, { ...data, uploadId: data.id });
  return known;
}

// SPDX-License-Identifier: Apache-2.0
// Files that a form names. A page that was left in the middle of an upload names some that no record holds yet.
import { useQueries } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import type { UploadStatus, WorkFile } from '../../api/works.ts';
import type { KnownFile } from './file-row.ts';
import { useUploads } from './upload-queue.ts';

/** A scanner may be down for long. */
const SCAN_POLL_MS = 3_000;

/**
 * The files of the record, with what the portal says of each upload; one that is gone is in neither. A record does not say
 * what is wrong with its files, so that a draft opened again would hide it until it is saved.
 */
export function useKnownFiles(recorded: ReadonlyMap<string, WorkFile>, ids: readonly string[]): Map<string, KnownFile> {
  const items = useUploads();
  const wanted = ids.filter((id) => !items.some(({ uploadId }) => uploadId === id));
  const asked = useQueries({
    queries: [...new Set(wanted)].map((id) => ({
      queryKey: ['upload', id],
      queryFn: () => call('get', '/upload-status/{id}', { params: { id } }),
      refetchInterval: ({ state: { data } }: { state: { data?: UploadStatus | undefined } }) =>
        data?.state === 'SCANNING' && SCAN_POLL_MS,
    })),
  });
  return knownFiles(
    recorded,
    asked.flatMap(({ data }) => data ?? []),
  );
}

export function knownFiles(
  recorded: ReadonlyMap<string, WorkFile>,
  statuses: readonly UploadStatus[],
): Map<string, KnownFile> {
  const known = new Map<string, KnownFile>(recorded);
  for (const status of statuses) {
    const { id, problems, state } = status;
    known.set(id, { ...(known.get(id) ?? { ...status, uploadId: id }), problems, state });
  }
  return known;
}

// SPDX-License-Identifier: Apache-2.0
// A row of a file table: an upload of this page, or what the portal knows of a file.
import type { UploadProblem, WorkFile } from '../../api/works.ts';
import { placed } from './order.ts';
import type { UploadItem } from './upload-item.ts';

export interface FileRow {
  /** Of the item until the portal has given an id. */
  key: string;
  uploadId: string | undefined;
  name: string;
  size: number;
  sha256: string | null;
  mediaType: string | null;
  item: UploadItem | undefined;
  /** What a save would refuse in this file alone. */
  problems: readonly UploadProblem[];
  /** Of a file that no item of this page sends. */
  state?: WorkFile['state'];
  isComplete: boolean;
  /** Begun, and nobody is sending it. */
  isInterrupted: boolean;
}

/** From the record of a work, or with its problems from the upload itself. */
export type KnownFile = WorkFile & { problems?: readonly UploadProblem[] };

/** The rows of a list: the uploads it names, in its order, and among them those that have no id yet, as they were chosen. */
export function fileRows({
  ids,
  items,
  known,
  owner,
}: {
  ids: readonly string[];
  items: readonly UploadItem[];
  known: ReadonlyMap<string, KnownFile>;
  owner: string;
}): FileRow[] {
  const named = ids.flatMap((uploadId) => {
    const item = items.find((each) => each.uploadId === uploadId);
    const file = known.get(uploadId);
    return item ? [ofItem(item)] : file ? [ofFile(file)] : [];
  });
  const nameless = items.filter((item) => item.owner === owner && item.uploadId === undefined);
  return placed(named, nameless.map(ofItem), ({ item }) => (item ? items.indexOf(item) : -1));
}

function ofItem(item: UploadItem): FileRow {
  return {
    key: item.uploadId ?? item.key,
    uploadId: item.uploadId,
    name: item.file.name,
    size: item.file.size,
    sha256: item.status?.sha256 ?? null,
    mediaType: item.status?.mediaType ?? null,
    item,
    problems: item.status?.problems ?? [],
    isComplete: item.state === 'complete',
    isInterrupted: false,
  };
}

function ofFile({ uploadId, name, size, sha256, mediaType, state, problems = [] }: KnownFile): FileRow {
  return {
    key: uploadId,
    uploadId,
    name,
    size: Number(size),
    sha256,
    mediaType,
    item: undefined,
    problems,
    state,
    isComplete: state === 'COMPLETE',
    isInterrupted: state === 'RECEIVING',
  };
}

// SPDX-License-Identifier: Apache-2.0
// A file on its way, as the page shows it; and what is accepted at all.
import type { ErrorCode } from '../../api/api-error.ts';
import type { UploadStatus } from '../../api/works.ts';
import { extensionOf } from '../../kit/file-name.ts';

export type SendState = 'waiting' | 'sending' | 'paused' | 'finishing' | 'scanning' | 'complete' | 'failed';

export interface UploadItem {
  /** Of this page; the portal's id comes with the first answer. */
  key: string;
  uploadId: string | undefined;
  /** The form and the list in it that wants the file. */
  owner: string;
  file: File;
  state: SendState;
  sentBytes: number;
  bytesPerSecond: number;
  /** SHA-256 of the file on this device, once it is computed. */
  localSha256?: string;
  error: ErrorCode | undefined;
  /** Once the portal has all of it. */
  status: UploadStatus | undefined;
}

export const WORK_FILE_TYPES = ['png', 'jpg', 'jpeg', 'gif', 'pdf', 'docx', 'ppt', 'pptx', 'mp4', 'mp3'] as const;
export const DISPLAY_TYPES = ['png', 'jpg', 'jpeg'] as const;
export const COVER_TYPES = ['png', 'jpg', 'jpeg', 'gif'] as const;
export const MAX_FILES = 10;
export const MAX_DISPLAY = 4;
export const MAX_IMAGE_BYTES = 20 * 1024 * 1024;

export type Refusal = 'type' | 'empty' | 'large' | 'twice' | 'many';

interface Rules {
  types: readonly string[];
  maxBytes?: number;
  /** Files that the list has already. */
  present: readonly { name: string; size: number }[];
  max: number;
}

/** What is chosen is judged at once, before a byte is sent: the files that are taken, and the others with a reason. */
export function sortChosen<F extends { name: string; size: number }>(
  chosen: readonly F[],
  { types, maxBytes = Number.POSITIVE_INFINITY, present, max }: Rules,
): { taken: F[]; refused: { name: string; reason: Refusal }[] } {
  const taken: F[] = [];
  const refused: { name: string; reason: Refusal }[] = [];
  for (const file of chosen) {
    const isPresent = [...present, ...taken].some((each) => each.name === file.name && each.size === file.size);
    const reason: Refusal | undefined = !types.includes(extensionOf(file.name))
      ? 'type'
      : file.size === 0
        ? 'empty'
        : file.size > maxBytes
          ? 'large'
          : isPresent
            ? 'twice'
            : present.length + taken.length >= max
              ? 'many'
              : undefined;
    if (reason) refused.push({ name: file.name, reason });
    else taken.push(file);
  }
  return { taken, refused };
}

/** Seconds until all is sent; undefined while nobody can tell. */
export function secondsLeft({ file, sentBytes, bytesPerSecond }: UploadItem): number | undefined {
  return bytesPerSecond > 0 ? Math.ceil((file.size - sentBytes) / bytesPerSecond) : undefined;
}

// SPDX-License-Identifier: Apache-2.0
// Which uploads a work may have, and in which role. Names are claims; what a file is, its first bytes say.
import type { FieldCode, FieldError } from '../errors.ts';
import type { UploadState } from '../generated/prisma/enums.ts';
import { MAX_PICTURE_BYTES, type PictureFault } from '../pictures.ts';

export const MAX_FILES = 10;
export const MAX_DISPLAY = 4;

/** An animated PNG is a PNG. */
const PNG_TYPES = ['image/png', 'image/apng'];
/** The same boxes under different brands: players take them all under the name .mp4. */
const MP4_TYPES = ['video/mp4', 'video/x-m4v', 'video/3gpp', 'video/3gpp2', 'video/quicktime'];

/** Extension → what the bytes may be. Old PowerPoint files are OLE containers, which say no more than that. */
const LISTED_TYPES: Readonly<Record<string, readonly string[]>> = {
  png: PNG_TYPES,
  jpg: ['image/jpeg'],
  jpeg: ['image/jpeg'],
  gif: ['image/gif'],
  pdf: ['application/pdf'],
  docx: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ppt: ['application/x-cfb'],
  pptx: ['application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  mp4: MP4_TYPES,
  mp3: ['audio/mpeg'],
};

const COVER_TYPES = [...PNG_TYPES, 'image/jpeg', 'image/gif'];
const DISPLAY_TYPES = [...PNG_TYPES, 'image/jpeg'];

/** What the rules need to know of an upload. */
export interface UploadFacts {
  id: string;
  name: string;
  sizeBytes: bigint;
  state: UploadState;
  /** By magic bytes; null when they say nothing. */
  mediaType: string | null;
  sha256: string | null;
  /** Why a picture cannot be shown. */
  pictureFault?: PictureFault['code'] | null;
  pictureMegapixels?: number | null;
}

/** What its name and its bytes say, apart from any work. */
export type FileFacts = Pick<UploadFacts, 'name' | 'state' | 'mediaType' | 'pictureFault' | 'pictureMegapixels'>;

export interface ChosenFiles {
  files: readonly { uploadId: string }[];
  cover: string | null;
  display: readonly { uploadId: string; derivedFrom?: string | undefined }[];
}

/**
 * Every fault of every file. `uploads` holds the owner's own, so that another's is not found. A draft may name uploads
 * that are still arriving; what their bytes say is looked at when they are there.
 */
export function fileFaults(
  chosen: ChosenFiles,
  uploads: ReadonlyMap<string, UploadFacts>,
  isDraft: boolean,
): FieldError[] {
  const arrival = (id: string) => arrivalFault(uploads.get(id)?.state, isDraft);
  const faults: FieldError[] = [];
  const add = (field: string, code: FieldCode | undefined, uploadId: string) => {
    const picture = pictureProblem(uploads.get(uploadId));
    if (code) faults.push({ field, ...(code === picture?.code ? picture : { code }) });
  };

  chosen.files.forEach(({ uploadId }, index) => {
    const earlier = chosen.files.slice(0, index).map((file) => file.uploadId);
    add(
      `files.${index}`,
      arrival(uploadId) ?? duplicateFault(uploadId, earlier, uploads) ?? typeFault(uploads.get(uploadId)),
      uploadId,
    );
  });
  if (chosen.cover !== null) {
    add('cover', arrival(chosen.cover) ?? imageFault(uploads.get(chosen.cover), COVER_TYPES), chosen.cover);
  }
  chosen.display.forEach(({ uploadId, derivedFrom }, index) => {
    const earlier = chosen.display.slice(0, index).map((image) => image.uploadId);
    const isStranger = derivedFrom !== undefined && !chosen.files.some((file) => file.uploadId === derivedFrom);
    const isUnexplained = !isDraft && !isFromFiles({ uploadId, derivedFrom }, chosen, uploads);
    add(
      `display.${index}`,
      arrival(uploadId) ??
        duplicateFault(uploadId, earlier, uploads) ??
        imageFault(uploads.get(uploadId), DISPLAY_TYPES) ??
        (isStranger || isUnexplained ? 'not-from-work-files' : undefined),
      uploadId,
    );
  });
  return faults;
}

/** What any work would refuse in this file, apart from what depends on its other files. */
export function problemsOfFile(upload: FileFacts): Omit<FieldError, 'field'>[] {
  const code = typeFault(upload);
  const picture = pictureProblem(upload);
  return [...(code ? [{ code }] : []), ...(picture ? [picture] : [])];
}

function pictureProblem(upload: FileFacts | undefined): Omit<FieldError, 'field'> | undefined {
  if (!upload?.pictureFault) return undefined;
  const { pictureFault: code, pictureMegapixels: megapixels } = upload;
  return { code, ...(megapixels && { megapixels }) };
}

/** What keeps an upload from being used. A draft may name one that is still on its way. */
export function arrivalFault(state: string | undefined, isDraft: boolean): FieldCode | undefined {
  if (state === 'COMPLETE') return undefined;
  if (state === 'QUARANTINED') return 'infected';
  if (state === 'RECEIVING') return isDraft ? undefined : 'not-complete';
  if (state === 'SCANNING') return isDraft ? undefined : 'not-scanned';
  return 'not-found';
}

/** The same upload twice, or the same bytes under two names. */
function duplicateFault(
  id: string,
  earlier: readonly string[],
  uploads: ReadonlyMap<string, UploadFacts>,
): FieldCode | undefined {
  const digest = uploads.get(id)?.sha256;
  const isSame = (other: string) => other === id || (digest && uploads.get(other)?.sha256 === digest);
  return earlier.some(isSame) ? 'duplicate' : undefined;
}

/**
 * Listed formats are taken when name and bytes agree. A format that the bytes reveal and the list does not have is
 * refused. Bytes that reveal nothing (text, raw data, an empty file) are evidence like any other, as long as their name
 * does not claim a listed format: they are only ever downloaded, never shown.
 */
function typeFault(upload: FileFacts | undefined): FieldCode | undefined {
  if (upload?.state !== 'COMPLETE') return undefined;
  const extension = /\.([^.]+)$/.exec(upload.name)?.[1]?.toLowerCase() ?? '';
  const claimed = LISTED_TYPES[extension];
  if (claimed) return upload.mediaType !== null && claimed.includes(upload.mediaType) ? undefined : 'type-mismatch';
  if (upload.mediaType === null) return undefined;
  // A listed format under a foreign name would be shown under that name.
  return Object.values(LISTED_TYPES).flat().includes(upload.mediaType) ? 'type-mismatch' : 'type-not-allowed';
}

function imageFault(upload: UploadFacts | undefined, types: readonly string[]): FieldCode | undefined {
  if (!upload) return 'not-found';
  if (upload.sizeBytes > BigInt(MAX_PICTURE_BYTES)) return 'too-large';
  if (upload.state !== 'COMPLETE') return undefined;
  if (upload.mediaType === null || !types.includes(upload.mediaType)) return 'type-not-allowed';
  return typeFault(upload) ?? pictureProblem(upload)?.code;
}

/** A display image is one of the work files, byte for byte, or is declared to be made from one. */
function isFromFiles(
  { uploadId, derivedFrom }: { uploadId: string; derivedFrom?: string | undefined },
  { files }: ChosenFiles,
  uploads: ReadonlyMap<string, UploadFacts>,
): boolean {
  const digest = uploads.get(uploadId)?.sha256;
  return files.some((file) => {
    const isSame = file.uploadId === uploadId || (digest && uploads.get(file.uploadId)?.sha256 === digest);
    return isSame || file.uploadId === derivedFrom;
  });
}

// SPDX-License-Identifier: Apache-2.0
// The settings that bound what uploads may take: of the disk as a whole, and of each account.
import { wholeNumber } from '@inkseal/service-kit';
import { z } from 'zod';
import type { UploadLimits } from './uploads/index.ts';

const MIB = 1_048_576;
const HOUR_MS = 3_600_000;

const numberOf = (byDefault: number, min: number, max: number) => wholeNumber(min, max).prefault(String(byDefault));
const mebibytes = (byDefault: number) => numberOf(byDefault, 1, 100_000_000);
const files = (byDefault: number) => numberOf(byDefault, 1, 1_000_000);

export const uploadSettings = {
  DISK_RESERVE_MIB: mebibytes(1_024).describe(
    'MiB of the disk under INKSEAL_DATA that uploads leave free, for the database, logs and backups',
  ),
  UPLOAD_UNFINISHED_FILES: files(20).describe('Unfinished uploads of one member at a time'),
  UPLOAD_UNFINISHED_MIB: mebibytes(61_440).describe('MiB that the unfinished uploads of one member announce together'),
  UPLOAD_UNUSED_FILES: files(1_000).describe('Finished files of one member that no paid order holds'),
  UPLOAD_UNUSED_MIB: mebibytes(61_440).describe('MiB of them together'),
  UPLOAD_UNVERIFIED_FILES: files(5).describe(
    'Before the real name is verified: unfinished uploads, and finished files, of one member',
  ),
  UPLOAD_UNVERIFIED_MIB: mebibytes(100).describe('Before the real name is verified: MiB of either together'),
  UPLOAD_UNFINISHED_HOURS: numberOf(168, 1, 8_760).describe('Hours after which an unfinished upload ends'),
  UPLOAD_UNUSED_HOURS: numberOf(48, 1, 8_760).describe(
    'Hours after which a finished upload that no work uses is deleted',
  ),
};

type UploadEnvironment = { [Name in keyof typeof uploadSettings]: number };

export const uploadPartsSetting = z
  .enum(['store', 'folder'])
  .optional()
  .describe(
    'Where an upload lies while it arrives: `store`, the content store, or `folder`, in `INKSEAL_DATA`, which is faster and which all portals then share. By default the folder for blocks on disk, and the store for Kubo and buckets',
  );

export function uploadLimitsOf(env: UploadEnvironment): Omit<UploadLimits, 'maxSize'> {
  return {
    reserveBytes: env.DISK_RESERVE_MIB * MIB,
    verified: {
      unfinishedFiles: env.UPLOAD_UNFINISHED_FILES,
      unfinishedBytes: env.UPLOAD_UNFINISHED_MIB * MIB,
      unusedFiles: env.UPLOAD_UNUSED_FILES,
      unusedBytes: env.UPLOAD_UNUSED_MIB * MIB,
    },
    unverified: {
      unfinishedFiles: env.UPLOAD_UNVERIFIED_FILES,
      unfinishedBytes: env.UPLOAD_UNVERIFIED_MIB * MIB,
      unusedFiles: env.UPLOAD_UNVERIFIED_FILES,
      unusedBytes: env.UPLOAD_UNVERIFIED_MIB * MIB,
    },
    unfinishedMs: env.UPLOAD_UNFINISHED_HOURS * HOUR_MS,
    unusedMs: env.UPLOAD_UNUSED_HOURS * HOUR_MS,
  };
}

// SPDX-License-Identifier: Apache-2.0

/** Types of originals that browsers show without running anything. Others are sent as plain bytes. */
export const NAMED_ORIGINAL_TYPES = [
  'application/pdf',
  'audio/mpeg',
  'image/gif',
  'image/jpeg',
  'image/png',
  'video/mp4',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
] as const;

/** Everything that an answer with an original may be. */
export const ORIGINAL_TYPES = ['application/octet-stream', ...NAMED_ORIGINAL_TYPES] as const;

// SPDX-License-Identifier: Apache-2.0
// Mobile numbers of mainland China, as people type them and as we keep them: eleven digits.
import { z } from 'zod';
import { cleanNumber } from '../http/text.ts';
import { code } from '../http/validation.ts';

const MOBILE = /^1[3-9]\d{9}$/;

/** Without spaces, dashes and +86. */
export function normalizePhone(text: string): string {
  return cleanNumber(text).replaceAll('-', '').replace(/^\+86/, '');
}

export function isMobile(phone: string): boolean {
  return MOBILE.test(phone);
}

export const phoneSchema = z
  .string()
  .max(32)
  .transform(normalizePhone)
  .refine(isMobile, code('malformed'))
  .meta({ id: 'Phone', description: 'Mobile number; spaces, dashes and +86 are dropped', example: '13900000001' });

// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';

const titledSchema = z.object({ title: z.string().default('') });

/** Of an order's form. Empty while its owner has not named it, and once they had the content erased. */
export const titleIn = (form: unknown): string => titledSchema.parse(form).title;

// SPDX-License-Identifier: Apache-2.0
// What a kind of message may be about.
import { z } from 'zod';

export const ID = '019aaaaa-0000-7000-8000-000000000001';
/** Of a work; no text message may carry it. */
export const TITLE = '鹤华抱枕与青花人偶文创产品';
/** Of an order or a certificate. */
export const NUMBER = '1311051137889075200';
/** The day of every deadline, in China. */
export const DAY = '2026-12-23';

/** Some value of the schema. */
export function sampleOf(data: z.ZodType): unknown {
  return sampleIn(z.toJSONSchema(data, { io: 'input' }));
}

function sampleIn(schema: z.core.JSONSchema.JSONSchema, name = ''): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sampleIn(Object(value), key)]),
    );
  if (schema.type === 'array') return [sampleIn(Object(schema.items), name), sampleIn(Object(schema.items), name)];
  if (schema.type === 'integer' || schema.type === 'number') return 3000;
  if (schema.type === 'boolean') return true;
  if (schema.format === 'date-time') return '2026-12-22T18:30:00.000Z';
  if (schema.format === 'uuid') return ID;
  return name === 'title' ? TITLE : NUMBER;
}

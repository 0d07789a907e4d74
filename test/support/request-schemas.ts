// SPDX-License-Identifier: Apache-2.0
// Every text that an endpoint's own schemas take, with the schema that judges and cleans it.
import { z } from 'zod';

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema has every shape
type Json = any;

export interface RequestText {
  /** Such as `POST /works title`; 0 stands for any place of a list. */
  where: string;
  /** The name alone. */
  name: string;
  schema: z.ZodType;
  /** The same as JSON Schema. */
  json: Json;
}

/** The parts of an endpoint, or of a route of the ledger, that say what it takes. */
interface Taking {
  method: string;
  path: string;
  operation: { requestParams?: Json; requestBody?: Json };
}

export function requestTextsOf(endpoints: readonly Taking[]): RequestText[] {
  return endpoints.flatMap(({ method, path, operation: { requestParams = {}, requestBody } }) => {
    const schemas = [requestParams.path, requestParams.query, requestBody?.content?.['application/json']?.schema];
    return schemas
      .filter((schema) => schema instanceof z.ZodType)
      .flatMap((schema) => textsIn(schema, []))
      .map(({ place, ...text }) => ({
        where: [method.toUpperCase(), path, place.join('.')].join(' '),
        name: place.filter((part) => part !== '0').at(-1) ?? '',
        ...text,
      }));
  });
}

interface Found {
  place: string[];
  schema: z.ZodType;
  json: Json;
}

function textsIn(schema: z.core.$ZodType, place: string[]): Found[] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, part]) => textsIn(part, [...place, name]));
  if (schema instanceof z.ZodArray) return textsIn(schema.element, [...place, '0']);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => textsIn(option, place));
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
  )
    return textsIn(schema.unwrap(), place);
  if (!(schema instanceof z.ZodType)) throw new Error(`an unknown kind of schema at ${place.join('.')}`);
  const json: Json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return json.type === 'string' ? [{ place, schema, json }] : [];
}

// SPDX-License-Identifier: Apache-2.0
// Every text that a caller may send, as the OpenAPI document lists them, and a body that holds nothing but that text.

// biome-ignore lint/suspicious/noExplicitAny: JSON Schema has every shape
type Json = any;

const METHODS = ['get', 'post', 'put', 'delete'];

export interface TextField {
  method: string;
  /** Below the API, with its placeholders: `/works/{id}`. */
  path: string;
  place: 'body' | 'query' | 'path';
  /** With dots, and 0 for any place of a list: `display.0.derivedFrom`. */
  field: string;
  schema: Json;
  /** A body in which only this text is set, and what tells the kinds of an object apart. */
  bodyWith(text: string): unknown;
}

export function textFieldsOf(document: Json): TextField[] {
  return Object.entries<Json>(document.paths).flatMap(([path, operations]) =>
    Object.entries<Json>(operations).flatMap(([method, operation]) => {
      // HEAD and OPTIONS repeat what others take; PATCH takes bytes.
      if (!METHODS.includes(method)) return [];
      const body = operation.requestBody?.content?.['application/json']?.schema;
      const inBody = body ? leavesOf(document, body, [], (value) => value) : [];
      const parameters = (operation.parameters ?? []).flatMap(({ name, in: place, schema }: Json) =>
        place === 'header'
          ? []
          : leavesOf(document, schema, [name], (value) => ({ [name]: value })).map((leaf) => ({ ...leaf, place })),
      );
      return [...inBody.map((leaf) => ({ ...leaf, place: 'body' })), ...parameters].map((leaf) => ({
        method: method.toUpperCase(),
        path,
        ...leaf,
      }));
    }),
  );
}

interface Leaf {
  field: string;
  schema: Json;
  bodyWith(text: string): unknown;
}

function leavesOf(document: Json, given: Json, path: string[], wrap: (value: unknown) => unknown): Leaf[] {
  const schema = resolve(document, given);
  const kinds: Json[] = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (kinds) return kinds.flatMap((kind) => leavesOf(document, kind, path, wrap));
  if (schema.type === 'object') {
    const fixed = Object.fromEntries(
      Object.entries<Json>(schema.properties ?? {}).flatMap(([name, property]) =>
        'const' in property ? [[name, property.const]] : [],
      ),
    );
    return Object.entries<Json>(schema.properties ?? {}).flatMap(([name, property]) =>
      leavesOf(document, property, [...path, name], (value) => wrap({ ...fixed, [name]: value })),
    );
  }
  if (schema.type === 'array') return leavesOf(document, schema.items, [...path, '0'], (value) => wrap([value]));
  return schema.type === 'string' ? [{ field: path.join('.'), schema, bodyWith: wrap }] : [];
}

function resolve(document: Json, schema: Json): Json {
  const name = schema.$ref?.split('/').at(-1);
  return name ? document.components.schemas[name] : schema;
}

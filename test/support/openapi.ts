// SPDX-License-Identifier: Apache-2.0
// Reads OpenAPI documents for what a caller may send.

// biome-ignore lint/suspicious/noExplicitAny: JSON of an outside standard
type Json = any;

/** Where the document lets a caller send a text, a number or a list of any size. */
export function unlimitedInputs(document: Json): string[] {
  const found: string[] = [];
  for (const [path, item] of Object.entries<Json>(document.paths)) {
    for (const [method, operation] of Object.entries<Json>(item)) {
      const where = `${method} ${path}`;
      for (const { name, schema } of operation.parameters ?? []) visit(schema, `${where} ${name}`);
      for (const [type, { schema }] of Object.entries<Json>(operation.requestBody?.content ?? {}))
        if (/json/.test(type)) visit(schema, where);
    }
  }
  return found;

  function referred(reference: string): Json {
    return document.components.schemas[reference.split('/').at(-1) ?? ''];
  }

  function visit(schema: Json, where: string, above: readonly string[] = []): void {
    if (!schema || above.includes(schema.$ref)) return;
    if (schema.$ref) visit(referred(schema.$ref), where, [...above, schema.$ref]);
    if (isUnlimited(schema)) found.push(where);
    const parts = [schema.items, ...['anyOf', 'oneOf', 'allOf'].flatMap((kind) => schema[kind] ?? [])];
    for (const part of parts) visit(part, where, above);
    for (const [name, part] of Object.entries(schema.properties ?? {})) visit(part, `${where} ${name}`, above);
  }
}

function isUnlimited(schema: Json): boolean {
  const { enum: values, const: value, maxLength, pattern, format, minimum, maximum, maxItems } = schema;
  if (values || value !== undefined) return false;
  const types = [schema.type].flat();
  if (types.includes('string')) return maxLength === undefined && !pattern && !format;
  if (types.includes('integer') || types.includes('number')) return minimum === undefined || maximum === undefined;
  return types.includes('array') && maxItems === undefined;
}

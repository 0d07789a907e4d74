// SPDX-License-Identifier: Apache-2.0
// The rows of a file: CSV in UTF-8 or GB18030, which Excel writes in China, or JSON. A file is hostile until it is read: rows
// are bounded, and what follows a row that cannot be told apart is not read.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type CsvError, parse } from 'csv-parse';
import { z } from 'zod';
import type { Fault, FaultCode } from './fault.ts';
import { CHINESE_COLUMNS, FORMATS, type Kind } from './formats.ts';

const MAX_ROW_BYTES = 65_536;
const MAX_JSON_BYTES = 64 * 1_048_576;

export interface SourceRow {
  file: string;
  line: number;
  values: Record<string, string>;
}

/** `undefined`: there is no such file in the folder. */
export function sourceFile(folder: string, kind: Kind): string | undefined {
  return [`${kind}.csv`, `${kind}.json`].map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

/** A row, or what is wrong; a fault of the file itself is the last thing it gives. */
export async function* readRows(file: string, kind: Kind): AsyncGenerator<SourceRow | Fault> {
  const encoding = await encodingOf(file);
  if (!encoding) yield { ...placeIn(file, 0), column: '', code: 'encoding-unknown' };
  else if (file.endsWith('.json')) yield* jsonRows(file);
  else yield* csvRows(file, kind, encoding);
}

export const isFault = (each: SourceRow | Fault): each is Fault => 'code' in each;

const placeIn = (file: string, line: number) => ({ file: path.basename(file), line });

/** The first one in which every byte means something. */
async function encodingOf(file: string): Promise<'utf-8' | 'gb18030' | undefined> {
  for (const encoding of ['utf-8', 'gb18030'] as const) if (await isReadable(file, encoding)) return encoding;
  return undefined;
}

async function isReadable(file: string, encoding: string): Promise<boolean> {
  try {
    for await (const text of decoded(file, encoding)) if (text.includes('\0')) return false;
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

async function* decoded(file: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const bytes of createReadStream(file)) yield decoder.decode(bytes, { stream: true });
  yield decoder.decode();
}

const recordSchema = z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) });

async function* csvRows(file: string, kind: Kind, encoding: string): AsyncGenerator<SourceRow | Fault> {
  const rows = parse({
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
    max_record_size: MAX_ROW_BYTES,
  });
  const feeding = feed(rows, decoded(file, encoding));
  let columns: string[] | undefined;
  try {
    for await (const each of rows) {
      const { record, info } = recordSchema.parse(each);
      const place = placeIn(file, info.lines);
      if (!columns) {
        columns = record.map((name) => CHINESE_COLUMNS[name] ?? name);
        const faults = headFaults(columns, kind).map((fault) => ({ ...place, ...fault }));
        yield* faults;
        if (faults.length > 0) return;
      } else if (record.length !== columns.length) yield { ...place, column: '', code: 'cells-differ' };
      else yield { ...place, values: Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ''])) };
    }
  } catch (error) {
    if (!isCsvError(error)) throw error;
    const code = error.code === 'CSV_MAX_RECORD_SIZE' ? 'row-too-long' : 'file-malformed';
    yield { ...placeIn(file, Number(error.lines ?? 0)), column: '', code };
  } finally {
    rows.destroy();
    await feeding;
  }
}

async function feed(rows: ReturnType<typeof parse>, texts: AsyncIterable<string>): Promise<void> {
  for await (const text of texts) {
    if (rows.destroyed) return;
    if (!rows.write(text)) await new Promise((go) => void rows.once('drain', go).once('close', go));
  }
  if (!rows.destroyed) rows.end();
}

const isCsvError = (error: unknown): error is CsvError & { lines?: unknown } =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');

function headFaults(columns: readonly string[], kind: Kind): { column: string; code: FaultCode }[] {
  const { columns: known, demanded } = FORMATS[kind];
  return [
    ...demanded
      .filter((name) => !columns.includes(name))
      .map((column) => ({ column, code: 'column-missing' as const })),
    ...columns
      .filter((name, index) => !known.some((each) => each === name) || columns.indexOf(name) < index)
      .map((column) => ({ column, code: 'column-unknown' as const })),
  ];
}

async function* jsonRows(file: string): AsyncGenerator<SourceRow | Fault> {
  const list = statSync(file).size > MAX_JSON_BYTES ? undefined : listIn(await readFile(file, 'utf8'));
  if (!list) return yield { ...placeIn(file, 0), column: '', code: 'file-malformed' };
  for (const [index, values] of list.entries()) {
    const place = placeIn(file, index + 1);
    const isLong = JSON.stringify(values).length > MAX_ROW_BYTES;
    yield isLong ? { ...place, column: '', code: 'row-too-long' } : { ...place, values };
  }
}

function listIn(text: string): Record<string, string>[] | undefined {
  try {
    return z.array(z.record(z.string(), z.string())).parse(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch {
    return undefined;
  }
}

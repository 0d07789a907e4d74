// The content of a stream: where it ends, and how it is packed (ISO 32000-1 §7.3.8, §7.4).
import { ContainerError } from '../container-error.ts';
import { inflate } from '../inflate.ts';
import type { Budget } from './budget.ts';
import { indexOf } from './find.ts';
import { PdfReader } from './syntax.ts';
import {
  isArray,
  isDict,
  isName,
  isWhole,
  type PdfDict,
  type PdfObject,
  PdfSyntaxError,
  type PdfValue,
} from './values.ts';

const END = 'endstream';
/** PNG predictors; each row names its own (ISO 32000-1 §7.4.4.4, RFC 2083 §6). */
const PNG_FROM = 10;
const MAX_COLUMNS = 65_536;

/** The file around a stream, which may refer to other objects of it. */
interface PdfSource {
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  resolve(value: PdfValue | undefined): Promise<PdfValue>;
  dict(value: PdfValue | undefined): Promise<PdfDict | undefined>;
}

/** The content, or what goes beyond `limit` bytes of it. Throws PdfSyntaxError and ContainerError. */
export async function contentOf(file: PdfSource, object: PdfObject, limit: number): Promise<Uint8Array> {
  const { value: dict, streamAt } = object;
  if (!isDict(dict) || streamAt === undefined) throw new PdfSyntaxError('not a stream');
  const packed = file.bytes.subarray(streamAt, await endOf(file, dict, streamAt));
  const filter = await onlyFilter(file, dict);
  if (filter === undefined) return packed;
  if (filter !== 'FlateDecode' && filter !== 'Fl') {
    throw new ContainerError('unknown-packing', `a stream is packed with ${filter}`);
  }
  const inflated = await inflateTrimmed(packed, limit);
  if (!inflated) throw new PdfSyntaxError('a damaged stream');
  file.budget.spendBytes(inflated.length);
  return inflated.length > limit ? inflated : unpredict(inflated, await parametersOf(file, dict));
}

/** As the dictionary says, if `endstream` follows there; else before the end of line that stands before `endstream`. */
async function endOf(file: PdfSource, dict: PdfDict, start: number): Promise<number> {
  const { bytes, budget } = file;
  const length = await file.resolve(dict.get('Length'));
  if (isWhole(length) && start + length <= bytes.length) {
    if (new PdfReader(bytes, start + length).word().startsWith(END)) return start + length;
  }
  const end = indexOf(bytes, END, start);
  budget.spendBytes((end < 0 ? bytes.length : end) - start);
  if (end < 0) throw new PdfSyntaxError('a stream without an end');
  return end - lineEnd(bytes.subarray(start, end));
}

async function onlyFilter(file: PdfSource, dict: PdfDict): Promise<string | undefined> {
  const filter = await file.resolve(dict.get('Filter'));
  const filters = isArray(filter)
    ? await Promise.all(filter.map((one) => file.resolve(one)))
    : filter === null
      ? []
      : [filter];
  if (filters.length > 1) throw new ContainerError('unknown-packing', 'a stream is packed more than once');
  const [one] = filters;
  if (one === undefined) return undefined;
  return typeof one === 'object' && one !== null && 'text' in one ? one.text : 'an unknown filter';
}

async function parametersOf(file: PdfSource, dict: PdfDict): Promise<PdfDict | undefined> {
  const found = await file.resolve(dict.get('DecodeParms') ?? dict.get('DP'));
  return file.dict(isArray(found) ? found[0] : found);
}

// The platform refuses bytes behind the end, and some writers count the end of line before `endstream`.
async function inflateTrimmed(packed: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const inflated = await inflate(packed, 'deflate', limit);
  const line = lineEnd(packed);
  return inflated ?? (line > 0 ? inflate(packed.subarray(0, -line), 'deflate', limit) : undefined);
}

function lineEnd(bytes: Uint8Array): number {
  const last = bytes.at(-1);
  if (last === 10) return bytes.at(-2) === 13 ? 2 : 1;
  return last === 13 ? 1 : 0;
}

function unpredict(rows: Uint8Array, parameters: PdfDict | undefined): Uint8Array {
  const predictor = parameters?.get('Predictor') ?? 1;
  if (predictor === 1) return rows;
  const columns = parameters?.get('Columns') ?? 1;
  const isPlain = ['Colors', 'BitsPerComponent'].every(
    (name, place) => (parameters?.get(name) ?? [1, 8][place]) === [1, 8][place],
  );
  if (typeof predictor !== 'number' || predictor < PNG_FROM || !isWhole(columns) || columns > MAX_COLUMNS || !isPlain) {
    throw new ContainerError('unknown-packing', 'a stream is packed with an unknown predictor');
  }
  return unpredictPng(rows, columns);
}

/** Rows of one byte a sample. */
function unpredictPng(rows: Uint8Array, columns: number): Uint8Array {
  const count = Math.ceil(rows.length / (columns + 1));
  const out = new Uint8Array(count * columns);
  for (let row = 0; row < count; row++) {
    const kind = rows[row * (columns + 1)] ?? 0;
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      const left = column > 0 ? (out[at - 1] ?? 0) : 0;
      const up = row > 0 ? (out[at - columns] ?? 0) : 0;
      const corner = row > 0 && column > 0 ? (out[at - columns - 1] ?? 0) : 0;
      out[at] = (rows[row * (columns + 1) + 1 + column] ?? 0) + predicted(kind, left, up, corner);
    }
  }
  return out;
}

function predicted(kind: number, left: number, up: number, corner: number): number {
  if (kind === 0) return 0;
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) throw new PdfSyntaxError('an unknown predictor');
  const estimate = left + up - corner;
  const distances = [left, up, corner].map((value) => Math.abs(estimate - value)) as [number, number, number];
  if (distances[0] <= distances[1] && distances[0] <= distances[2]) return left;
  return distances[1] <= distances[2] ? up : corner;
}

export const isStreamOf = ({ value }: PdfObject, type: string): boolean =>
  isDict(value) && isName(value.get('Type'), type);

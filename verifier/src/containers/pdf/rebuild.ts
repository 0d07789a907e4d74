// A PDF whose cross-references are damaged, as readers repair it: of each number the last object in the file counts.
import { ContainerError } from '../container-error.ts';
import type { PdfFile } from './file.ts';
import { indexOf } from './find.ts';
import { isSpace, latin1, PdfReader } from './syntax.ts';
import { isDict, isName, type PdfDict, type PdfObject, PdfSyntaxError } from './values.ts';
import { tooMany } from './xref.ts';

const MAX_OBJECTS = 100_000;
/** How much of an object is looked at to tell what it may be. */
const PEEK = 256;
const [B, J, O] = [98, 106, 111];

/** Fills in places and trailer from the objects themselves. */
export async function rebuild(file: PdfFile): Promise<void> {
  file.isRebuilt = true;
  const definedAt = new Map<number, number>();
  for (const { number, offset } of objectsIn(file.bytes)) {
    file.places.set(number, { offset });
    definedAt.set(number, offset);
    if (definedAt.size > MAX_OBJECTS) throw tooMany();
  }
  const trailers: [number, PdfDict][] = trailersIn(file);
  let catalog: PdfDict | undefined;
  for (const [number, offset] of [...definedAt].sort(([, a], [, b]) => a - b)) {
    const start = latin1(file.bytes.subarray(offset, offset + PEEK));
    if (!/\/(?:ObjStm|Catalog|XRef)\b/.test(start)) continue;
    const { value } = await orNothing(file.object(number));
    if (!isDict(value)) continue;
    if (isName(value.get('Type'), 'XRef')) trailers.push([offset, value]);
    if (isName(value.get('Type'), 'Catalog')) catalog = value;
    if (isName(value.get('Type'), 'ObjStm')) await addStream(file, number, definedAt);
  }
  trailers.sort(([a], [b]) => a - b);
  file.isEncrypted = trailers.some(([, trailer]) => trailer.has('Encrypt'));
  const [, newest] = trailers.findLast(([, trailer]) => trailer.has('Root')) ?? [];
  file.trailer = newest ?? new Map(catalog ? [['Root', catalog]] : []);
}

/** Everything that begins like an object, in the order of the file. */
function* objectsIn(bytes: Uint8Array): Generator<{ number: number; offset: number }> {
  for (let at = bytes.indexOf(O); at >= 0; at = bytes.indexOf(O, at + 1)) {
    if (bytes[at + 1] !== B || bytes[at + 2] !== J) {
      // Where the letter is repeated, a search for each would take long.
      while (bytes[at + 1] === O) at++;
      if (bytes[at + 1] !== B || bytes[at + 2] !== J) continue;
    }
    const generation = digitsBefore(bytes, at);
    const number = generation && digitsBefore(bytes, generation.start);
    if (number && !isDigit(bytes[number.start - 1])) yield { number: number.value, offset: number.start };
  }
}

/** The number that ends, with white space behind it, before a place. */
function digitsBefore(bytes: Uint8Array, end: number): { value: number; start: number } | undefined {
  let last = end;
  while (end - last < 16 && isSpace(bytes[last - 1])) last--;
  let start = last;
  while (last - start < 10 && isDigit(bytes[start - 1])) start--;
  return start === last ? undefined : { value: Number(latin1(bytes.subarray(start, last))), start };
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

function trailersIn({ bytes, budget }: PdfFile): [number, PdfDict][] {
  const trailers: [number, PdfDict][] = [];
  for (let at = indexOf(bytes, 'trailer'); at >= 0; at = indexOf(bytes, 'trailer', at + 1)) {
    budget.spendObject();
    try {
      const value = new PdfReader(bytes, at + 'trailer'.length).value();
      if (isDict(value)) trailers.push([at, value]);
    } catch (error) {
      if (!(error instanceof PdfSyntaxError)) throw error;
    }
  }
  return trailers;
}

async function addStream(file: PdfFile, stream: number, definedAt: Map<number, number>): Promise<void> {
  const { offsets } = await file.objectStream(stream).catch((error: unknown) => {
    if (error instanceof PdfSyntaxError || isPacking(error)) return { offsets: [] };
    throw error;
  });
  const streamAt = definedAt.get(stream) ?? 0;
  offsets.forEach(([number], index) => {
    if ((definedAt.get(number) ?? -1) > streamAt) return;
    definedAt.set(number, streamAt);
    file.places.set(number, { stream, index });
  });
}

const isPacking = (error: unknown): boolean => error instanceof ContainerError && error.code === 'unknown-packing';

async function orNothing(object: Promise<PdfObject>): Promise<PdfObject> {
  return object.catch((error: unknown) => {
    if (error instanceof PdfSyntaxError) return { value: null };
    throw error;
  });
}

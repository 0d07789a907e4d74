// Cross-reference tables and streams, newest first (ISO 32000-1 §7.5.4, §7.5.8): what a later revision says wins.
import { ContainerError } from '../container-error.ts';
import type { PdfFile, Place } from './file.ts';
import { lastIndexOf } from './find.ts';
import { contentOf, isStreamOf } from './streams.ts';
import { PdfReader } from './syntax.ts';
import { isArray, isDict, isWhole, type PdfDict, PdfSyntaxError, type PdfValue } from './values.ts';

/** The last bytes, in which `startxref` must stand. */
const TAIL = 2_048;
const MAX_SECTIONS = 256;
export const MAX_ENTRIES = 500_000;
const MAX_XREF_STREAM = 16 * 2 ** 20;

/** Fills in places and trailer. Throws PdfSyntaxError where the data are damaged. */
export async function readCrossReferences(file: PdfFile): Promise<void> {
  const { bytes } = file;
  const keyword = lastIndexOf(bytes, 'startxref', Math.max(0, bytes.length - TAIL));
  if (keyword < 0) throw new PdfSyntaxError('no startxref');
  const free = new Set<number>();
  const seen = new Set<number>();
  let next: PdfValue | undefined = Number(new PdfReader(bytes, keyword + 'startxref'.length).word());
  for (let isNewest = true; next !== undefined; isNewest = false) {
    if (!isWhole(next) || seen.has(next) || seen.size === MAX_SECTIONS)
      throw new PdfSyntaxError('sections in a circle');
    seen.add(next);
    const trailer = await readSection(file, next, free);
    if (trailer.has('Encrypt')) file.isEncrypted = true;
    if (isNewest) file.trailer = trailer;
    next = trailer.get('Prev');
  }
}

async function readSection(file: PdfFile, at: number, free: Set<number>): Promise<PdfDict> {
  const reader = new PdfReader(file.bytes, at);
  if (reader.word() !== 'xref') return readStream(file, at, free);
  const freed = readTable(file, reader, free);
  const trailer = reader.value();
  if (!isDict(trailer)) throw new PdfSyntaxError('no trailer');
  const hidden = trailer.get('XRefStm');
  // Objects that the table calls free for the sake of old readers may stand in this stream.
  if (isWhole(hidden)) await readStream(file, hidden, free);
  for (const number of freed) free.add(number);
  return trailer;
}

/** The numbers that the table calls free. */
function readTable(file: PdfFile, reader: PdfReader, free: ReadonlySet<number>): number[] {
  const freed: number[] = [];
  for (let word = reader.word(); word !== 'trailer'; word = reader.word()) {
    const [first, count] = [Number(word), Number(reader.word())];
    if (word === '' || !isWhole(first) || !isWhole(count)) throw new PdfSyntaxError('a damaged table');
    for (let number = first; number < first + count; number++) {
      const offset = Number(reader.word());
      reader.word();
      const kind = reader.word();
      if ((kind !== 'n' && kind !== 'f') || !isWhole(offset)) throw new PdfSyntaxError('a damaged table');
      if (kind === 'f') freed.push(number);
      else put(file, number, { offset }, free);
      if (freed.length > MAX_ENTRIES) throw tooMany();
    }
  }
  return freed;
}

async function readStream(file: PdfFile, at: number, free: Set<number>): Promise<PdfDict> {
  const object = new PdfReader(file.bytes, at).indirectObject();
  const { value: dict } = object;
  if (!isDict(dict) || !isStreamOf(object, 'XRef')) throw new PdfSyntaxError('no cross-references');
  const content = await contentOf(file, object, MAX_XREF_STREAM);
  if (content.length > MAX_XREF_STREAM) throw tooMany();
  const widths = dict.get('W');
  if (!isArray(widths) || widths.length !== 3 || !widths.every((width) => isWhole(width) && width <= 8)) {
    throw new PdfSyntaxError('damaged cross-references');
  }
  const [kindWidth = 0, firstWidth = 0, secondWidth = 0] = widths.filter((width) => isWhole(width));
  const rowSize = kindWidth + firstWidth + secondWidth;
  const freed: number[] = [];
  let row = 0;
  for (const number of numbersIn(dict)) {
    const from = rowSize * row++;
    if (rowSize === 0 || from + rowSize > content.length) break;
    const kind = kindWidth === 0 ? 1 : integer(content, from, kindWidth);
    const first = integer(content, from + kindWidth, firstWidth);
    const second = integer(content, from + kindWidth + firstWidth, secondWidth);
    if (kind === 0) freed.push(number);
    if (kind === 1) put(file, number, { offset: first }, free);
    if (kind === 2) put(file, number, { stream: first, index: second }, free);
  }
  for (const number of freed) free.add(number);
  return dict;
}

function* numbersIn(dict: PdfDict): Generator<number> {
  const index = dict.get('Index') ?? [0, dict.get('Size') ?? 0];
  if (!isArray(index)) throw new PdfSyntaxError('damaged cross-references');
  for (let at = 0; at + 1 < index.length; at += 2) {
    const [first, count] = [index[at], index[at + 1]];
    if (!isWhole(first) || !isWhole(count)) throw new PdfSyntaxError('damaged cross-references');
    for (let number = first; number < first + count; number++) yield number;
  }
}

// What a newer section says of a number stays, also that it is free.
function put(file: PdfFile, number: number, place: Place, free: ReadonlySet<number>): void {
  if (file.places.has(number) || free.has(number)) return;
  if (file.places.size === MAX_ENTRIES) throw tooMany();
  file.places.set(number, place);
}

function integer(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let place = at; place < at + width; place++) value = value * 256 + (bytes[place] ?? 0);
  return value;
}

export const tooMany = (): ContainerError => new ContainerError('too-large', 'the certificate has too many objects');

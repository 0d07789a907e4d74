// A PDF as its cross-reference data describe it: objects by number, streams, and the newest trailer (ISO 32000-1 §7.5).
import { ContainerError } from '../container-error.ts';
import { Budget } from './budget.ts';
import { contentOf } from './streams.ts';
import { PdfReader } from './syntax.ts';
import {
  isArray,
  isDict,
  isName,
  isWhole,
  type PdfDict,
  type PdfObject,
  PdfRef,
  PdfSyntaxError,
  type PdfValue,
} from './values.ts';

/** Where an object is: in the file, or in an object stream. */
export type Place = { readonly offset: number } | { readonly stream: number; readonly index: number };

/** How many references to references are followed. */
const MAX_HOPS = 8;
/** Bytes of the longest object stream. */
const MAX_OBJECT_STREAM = 16 * 2 ** 20;
const MAX_OBJECTS_IN_STREAM = 65_536;
const NOTHING: PdfObject = { value: null };

export class PdfFile {
  /** From `%PDF-` on, for offsets count from there. */
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  readonly places = new Map<number, Place>();
  trailer: PdfDict = new Map();
  isEncrypted = false;
  /** The objects were found by searching: what none of them names is not in the file. */
  isRebuilt = false;
  readonly #objects = new Map<number, Promise<PdfObject>>();
  readonly #streams = new Map<number, Promise<{ bytes: Uint8Array; offsets: [number, number][] }>>();

  constructor(bytes: Uint8Array, budget = new Budget()) {
    this.bytes = bytes;
    this.budget = budget;
  }

  object(number: number): Promise<PdfObject> {
    const known = this.#objects.get(number) ?? this.#read(number);
    this.#objects.set(number, known);
    return known;
  }

  /** What a value is, behind references. A number that no object has is null. */
  async resolve(value: PdfValue | undefined): Promise<PdfValue> {
    let found = value ?? null;
    for (let hops = 0; found instanceof PdfRef; hops++) {
      if (hops === MAX_HOPS) throw new PdfSyntaxError('references without an end');
      found = (await this.object(found.number)).value;
    }
    return found;
  }

  async dict(value: PdfValue | undefined): Promise<PdfDict | undefined> {
    const found = await this.resolve(value);
    return isDict(found) ? found : undefined;
  }

  async array(value: PdfValue | undefined): Promise<readonly PdfValue[] | undefined> {
    const found = await this.resolve(value);
    return isArray(found) ? found : undefined;
  }

  /** The numbers in an object stream, and where each object begins behind its head. */
  objectStream(number: number): Promise<{ bytes: Uint8Array; offsets: [number, number][] }> {
    const known = this.#streams.get(number) ?? this.#readObjectStream(number);
    this.#streams.set(number, known);
    return known;
  }

  async #read(number: number): Promise<PdfObject> {
    const place = this.places.get(number);
    if (!place) return NOTHING;
    this.budget.spendObject();
    if ('offset' in place) return new PdfReader(this.bytes, place.offset).indirectObject(number);
    const { bytes, offsets } = await this.objectStream(place.stream);
    const [found, at] = offsets[place.index] ?? [];
    if (found !== number || at === undefined) throw new PdfSyntaxError('an object is not in its stream');
    return { value: new PdfReader(bytes, at).value() };
  }

  async #readObjectStream(number: number): Promise<{ bytes: Uint8Array; offsets: [number, number][] }> {
    // An object stream is never in another.
    const place = this.places.get(number);
    if (!place || !('offset' in place)) throw new PdfSyntaxError('no object stream');
    const object = await this.object(number);
    const { value } = object;
    if (!isDict(value) || !isName(value.get('Type'), 'ObjStm')) throw new PdfSyntaxError('no object stream');
    const [count, first] = [await this.resolve(value.get('N')), await this.resolve(value.get('First'))];
    if (!isWhole(count) || !isWhole(first) || count > MAX_OBJECTS_IN_STREAM)
      throw new PdfSyntaxError('no object stream');
    const bytes = await contentOf(this, object, MAX_OBJECT_STREAM);
    if (bytes.length > MAX_OBJECT_STREAM) throw new ContainerError('too-large', 'an object stream is too large');
    const reader = new PdfReader(bytes);
    const offsets = Array.from({ length: count }, (): [number, number] => [
      Number(reader.word()),
      first + Number(reader.word()),
    ]);
    if (!offsets.every(([own, at]) => isWhole(own) && isWhole(at))) throw new PdfSyntaxError('no object stream');
    return { bytes, offsets };
  }
}

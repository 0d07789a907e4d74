// What a PDF reader lists as attachments: the name tree of embedded files and the files associated with the document
// (ISO 32000-1 §7.7.4, §7.9.6, §7.11; ISO 32000-2 §14.13).
import { tooLarge } from './budget.ts';
import type { PdfFile } from './file.ts';
import { isDict, type PdfDict, type PdfObject, PdfRef, PdfSyntaxError, type PdfValue } from './values.ts';

const MAX_ATTACHMENTS = 1_024;
const MAX_DEPTH = 32;
const NAME_KEYS = ['UF', 'F', 'DOS', 'Mac', 'Unix'] as const;

export interface Attachment {
  /** Every name under which a reader may show it. */
  readonly names: readonly string[];
  /** Its streams; readers differ in which they take where there are several. */
  readonly streams: readonly PdfObject[];
}

export async function attachmentsOf(file: PdfFile): Promise<Attachment[]> {
  const catalog = await file.dict(file.trailer.get('Root'));
  if (!catalog && file.isRebuilt) return [];
  if (!catalog) throw new PdfSyntaxError('no catalog');
  const named = await file.dict(catalog.get('Names'));
  const specifications: [string[], PdfValue][] = [];
  await walk(file, named?.get('EmbeddedFiles'), specifications);
  for (const associated of (await file.array(catalog.get('AF'))) ?? []) specifications.push([[], associated]);
  if (specifications.length > MAX_ATTACHMENTS) throw tooLarge();
  const attachments: Attachment[] = [];
  for (const [keys, specification] of specifications) {
    const found = await file.dict(specification);
    if (found) attachments.push(await attachmentOf(file, keys, found));
  }
  return attachments;
}

/** Gathers the leaves of a name tree. */
async function walk(
  file: PdfFile,
  node: PdfValue | undefined,
  found: [string[], PdfValue][],
  above: readonly PdfValue[] = [],
): Promise<void> {
  if (above.length > MAX_DEPTH) throw new PdfSyntaxError('a name tree that is too deep');
  if (node instanceof PdfRef && above.some((one) => one instanceof PdfRef && one.number === node.number)) {
    throw new PdfSyntaxError('a name tree in a circle');
  }
  const dict = await file.dict(node);
  if (!dict) return;
  file.budget.spendObject();
  const leaves = (await file.array(dict.get('Names'))) ?? [];
  for (let at = 0; at + 1 < leaves.length; at += 2) {
    const key = await file.resolve(leaves[at]);
    found.push([key instanceof Uint8Array ? [textOf(key)] : [], leaves[at + 1] ?? null]);
    if (found.length > MAX_ATTACHMENTS) throw tooLarge();
  }
  for (const kid of (await file.array(dict.get('Kids'))) ?? []) await walk(file, kid, found, [...above, node ?? null]);
}

async function attachmentOf(file: PdfFile, keys: readonly string[], specification: PdfDict): Promise<Attachment> {
  const names = await Promise.all(NAME_KEYS.map((key) => file.resolve(specification.get(key))));
  const embedded = await file.dict(specification.get('EF'));
  const streams = new Set<PdfObject>();
  for (const key of NAME_KEYS) {
    const reference = embedded?.get(key);
    if (reference instanceof PdfRef) streams.add(await file.object(reference.number));
  }
  return {
    names: [...keys, ...names.flatMap((name) => (name instanceof Uint8Array ? [textOf(name)] : []))],
    streams: [...streams].filter(({ value, streamAt }) => isDict(value) && streamAt !== undefined),
  };
}

/** A text string: UTF-16 or UTF-8 behind a mark, else one byte a character (ISO 32000-2 §7.9.2.2). */
function textOf(bytes: Uint8Array): string {
  const [first, second, third] = bytes;
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  const isUtf8 = first === 0xef && second === 0xbb && third === 0xbf;
  return new TextDecoder(isUtf8 ? 'utf-8' : 'latin1').decode(bytes);
}

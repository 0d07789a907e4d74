// PDFs as tests need them: real ones for readers, put together byte by byte so that each can be wrong in one way.
import { concatBytes, utf8 } from '../../src/index.ts';

type Part = string | Uint8Array;
/** Objects by number: what stands between `obj` and `endobj`. */
export type PdfObjects = Readonly<Record<number, Part>>;

export interface PdfChoices {
  readonly version?: string;
  /** Members of the trailer beside `/Root 1 0 R`. */
  readonly trailer?: string;
}

/** A PDF with a cross-reference table; object 1 is its catalog. */
export function makePdf(objects: PdfObjects, { version = '1.7', trailer = '' }: PdfChoices = {}): Uint8Array {
  return revised(utf8(`%PDF-${version}\n`), objects, `/Root 1 0 R ${trailer}`);
}

/** The same with a later revision behind it, whose catalog is this object. */
export function revisePdf(pdf: Uint8Array, objects: PdfObjects, catalog = 1): Uint8Array {
  const [, previous] = /startxref\n(\d+)\n%%EOF\n$/.exec(new TextDecoder('latin1').decode(pdf)) ?? [];
  return revised(pdf, objects, `/Root ${catalog} 0 R /Prev ${previous}`);
}

/** A stream, with its length unless the dictionary gives one. */
export function streamOf(dict: string, content: Part): Uint8Array {
  const bytes = bytesOf(content);
  const length = dict.includes('/Length') ? '' : ` /Length ${bytes.length}`;
  return concatBytes([utf8(`<< ${dict}${length} >>\nstream\n`), bytes, utf8('\nendstream')]);
}

/** A certificate with one attachment: catalog 1, pages 2, file specification 3, stream 4. */
export function attaching(content: Part, changes: PdfObjects = {}): PdfObjects {
  return {
    1: '<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(1.proof.json) 3 0 R] >> >> >>',
    2: '<< /Type /Pages /Kids [] /Count 0 >>',
    3: '<< /Type /Filespec /F (1.proof.json) /EF << /F 4 0 R >> >>',
    4: streamOf('/Type /EmbeddedFile', content),
    ...changes,
  };
}

function revised(before: Uint8Array, objects: PdfObjects, trailer: string): Uint8Array {
  const parts = [before];
  const table: string[] = [];
  let at = before.length;
  for (const [number, content] of Object.entries(objects)) {
    const object = concatBytes([utf8(`${number} 0 obj\n`), bytesOf(content), utf8('\nendobj\n')]);
    table.push(`${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`);
    parts.push(object);
    at += object.length;
  }
  const size = Math.max(0, ...Object.keys(objects).map(Number)) + 1;
  parts.push(utf8(`xref\n${table.join('')}trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${at}\n%%EOF\n`));
  return concatBytes(parts);
}

const bytesOf = (part: Part): Uint8Array => (typeof part === 'string' ? utf8(part) : part);

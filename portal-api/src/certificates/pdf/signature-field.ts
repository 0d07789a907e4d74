// SPDX-License-Identifier: Apache-2.0
// Room for a signature, written with the page it belongs to: the field has no picture, for what people see is printed.
import type { ValidationData } from '../../document-signing/index.ts';
import type { Paper } from './paper.ts';

/** Bytes of a CMS signature with its certificates and a time stamp. */
export const SIGNATURE_ROOM_BYTES = 12_288;
/** Digits of the largest offset. */
const OFFSET = '*'.repeat(10);
/** As pdfkit writes the range that is not known yet. */
export const BYTE_RANGE_ROOM = `/ByteRange [0 /${OFFSET} /${OFFSET} /${OFFSET}]`;
/** Bits of an annotation: printed, and locked. */
const FLAGS = 4 + 128;
/** There are signatures, and the file may only be appended to (ISO 32000-1, 12.7.2). */
const SIGNED_APPEND_ONLY = 3;

/** The document security store (ISO 32000-2, 12.8.4.3). */
export function addValidationData({ doc }: Paper, { certificates, ocsps, crls }: ValidationData): void {
  const streams = (all: readonly Uint8Array[]) =>
    all.map((bytes) => {
      const stream = doc.ref({});
      stream.end(Buffer.from(bytes));
      return stream;
    });
  const store = doc.ref({ Type: 'DSS', Certs: streams(certificates), OCSPs: streams(ocsps), CRLs: streams(crls) });
  store.end('');
  rootOf(doc).DSS = store;
}

export function addSignatureField({ doc }: Paper, { at, reason }: { at: Date; reason: string }): void {
  const signature = doc.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, OFFSET, OFFSET, OFFSET],
    Contents: Buffer.alloc(SIGNATURE_ROOM_BYTES),
    M: at,
    Reason: text(reason),
  });
  signature.end('');
  const field = doc.ref({
    Type: 'Annot',
    Subtype: 'Widget',
    FT: 'Sig',
    T: text('Signature'),
    Rect: [0, 0, 0, 0],
    F: FLAGS,
    P: doc.page.dictionary,
    V: signature,
  });
  field.end('');
  doc.page.annotations.push(field);
  doc.initForm();
  const form = rootOf(doc).AcroForm.data;
  // PDF/A wants the pictures that are there.
  delete form.NeedAppearances;
  form.Fields.push(field);
  form.SigFlags = SIGNED_APPEND_ONLY;
}

interface Root {
  AcroForm: { data: FormData };
  DSS?: object;
}

const rootOf = (doc: PDFKit.PDFDocument): Root => (doc as unknown as { _root: { data: Root } })._root.data; // not in its types

interface FormData {
  NeedAppearances?: boolean;
  Fields: object[];
  SigFlags?: number;
}

/** pdfkit writes a plain string as a name. */
const text = (words: string): object => Object(words);

// The values of PDF syntax (ISO 32000-1 §7.3) as TypeScript sees them.
export class PdfName {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export class PdfRef {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

export type PdfDict = ReadonlyMap<string, PdfValue>;
/** A string is its bytes. */
export type PdfValue = null | boolean | number | PdfName | PdfRef | Uint8Array | readonly PdfValue[] | PdfDict;

/** An indirect object: its value and, of a stream, where its bytes begin. */
export interface PdfObject {
  readonly value: PdfValue;
  readonly streamAt?: number;
}

/** A place that does not have PDF syntax. Caught inside of this folder: other places may still hold what is sought. */
export class PdfSyntaxError extends Error {
  override readonly name = 'PdfSyntaxError';
}

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map;
export const isArray = (value: PdfValue | undefined): value is readonly PdfValue[] => Array.isArray(value);
export const isName = (value: PdfValue | undefined, text: string): boolean =>
  value instanceof PdfName && value.text === text;
/** A whole number that may be an offset, a size or a count. */
export const isWhole = (value: PdfValue | undefined): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

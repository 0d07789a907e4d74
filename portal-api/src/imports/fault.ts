// SPDX-License-Identifier: Apache-2.0
// What is wrong in a file, where, and what to do about it.
import type { FieldCode } from '../errors.ts';
import type { PdfFault } from './read-pdf.ts';

export const FILE_CODES = [
  'encoding-unknown',
  'file-malformed',
  'row-too-long',
  'column-missing',
  'column-unknown',
  'cells-differ',
  'id-repeated',
  'phone-repeated',
  'member-unknown',
  'row-changed',
  'phone-taken',
  'number-repeated',
  'number-ours',
  'account-unknown',
  'account-differs',
] as const;

export type FaultCode = FieldCode | PdfFault | (typeof FILE_CODES)[number];

export interface Fault {
  file: string;
  /** Of a row, the line on which it ends; in JSON, which object it is. */
  line: number;
  column: string;
  code: FaultCode;
}

const ADVICE: Readonly<Partial<Record<FaultCode, string>>> = {
  'encoding-unknown': 'save the file as "CSV UTF-8", or as CSV in GBK or GB18030',
  'file-malformed': 'a quotation mark is not closed, or the JSON is not a list of objects of texts: correct the file',
  'row-too-long': 'a row has more than 65,536 bytes: look for a quotation mark that is not closed',
  'column-missing': 'add the column; docs/import.md lists those of each file',
  'column-unknown': 'rename or remove the column; docs/import.md lists those of each file',
  'cells-differ': 'the row has more or fewer cells than the head: look for a comma in a cell without quotation marks',
  'id-repeated': 'two rows have this id: give each its own',
  'phone-repeated': 'two members have this telephone: keep one, or correct it',
  'member-unknown': 'no member of this id is in the members file or was imported: correct it, or add the member',
  'row-changed':
    'imported before with other content: nothing was changed; correct it here in the portal, or undo the change',
  'phone-taken': 'this telephone has an account here: nothing was changed; leave the row out, or ask the member',
  'number-repeated': 'two rows have this number, or nearly: give each its own, or leave one out',
  'number-ours': 'this portal gives numbers of this form itself: a certificate of its own needs no import',
  'account-unknown': 'no account here has this telephone: correct it, import its member, or leave the cell empty',
  'account-differs':
    'the account of this telephone was not imported, and is not verified by one of the names: leave the cell empty',
  'pdf-missing': 'no file of this name can be read in the folder: correct it, or leave the cell empty',
  'pdf-outside': 'name a file in the folder of the table: no link, nothing above it, no folder',
  'pdf-too-large': 'the file has more than 10 MiB: make it smaller, or leave the cell empty',
  'not-a-pdf': 'the file is no PDF: convert it, or leave the cell empty',
  missing: 'fill the cell',
  malformed: 'correct the value; docs/import.md says how it is written',
  'checksum-wrong': 'the last character of the number does not fit the others: correct a digit',
  'guardian-needed': 'the person is under age: leave the number out',
  'not-an-option': 'use one of the values in docs/import.md',
  'too-long': 'shorten the value',
  'too-short': 'lengthen the value',
  'in-future': 'correct the day: it has not come yet',
  duplicate: 'remove the repetition',
};

export const adviceOf = (code: FaultCode): string => ADVICE[code] ?? 'correct the value';

const HEAD = ['file', 'line', 'column', 'code', 'what to do'];

/** For spreadsheets, which run a cell that begins like a formula: such a cell gets an apostrophe. */
export function reportOf(faults: readonly Fault[]): string {
  const rows = faults.map(({ file, line, column, code }) => [file, String(line), column, code, adviceOf(code)]);
  return `\ufeff${[HEAD, ...rows].map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`;
}

function cellOf(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** One line for a terminal: what a file says may hold what steers one. */
export function lineOf({ file, line, column, code }: Fault): string {
  const place = [file, line > 0 ? `line ${line}` : '', plain(column)].filter(Boolean).join(', ');
  return `${place}: ${code} (${adviceOf(code)})`;
}

const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 40);

// SPDX-License-Identifier: Apache-2.0
// Tables as files for spreadsheets.

/** Excel takes a file without the mark for one in the code page of the machine. */
const BYTE_ORDER_MARK = '\ufeff';

/** What makes a spreadsheet read a cell as a formula: a title of somebody else's may be one (CWE-1236). */
const FORMULA = /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u;

/** Of a number with more than 15 digits a spreadsheet keeps only the first 15. */
const LONG_NUMBER = /^\d{12,}$/;

/** RFC 4180, as Excel and WPS open it: every cell in quotes, and text even where it looks like a formula or a long number. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

function cellOf(value: string): string {
  // The tab is not seen; the quotation mark is, and says that the text was not taken as it is.
  const mark = FORMULA.test(value) ? "'" : LONG_NUMBER.test(value) ? '\t' : '';
  return `"${mark}${value.replaceAll('"', '""')}"`;
}

// SPDX-License-Identifier: Apache-2.0
// Packs a document without the time and the name of who made it, so that the same text gives the same bytes.
import { type Document, Packer } from 'docx';
import { unzipSync, zipSync } from 'fflate';

export interface DocxProperties {
  title: string;
  /** The Chinese font. */
  font: string;
}

/** The earliest time that a zip can state. Its parts are of the local time, so this is the same everywhere. */
const NO_TIME = new Date(1980, 0, 1);
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/metadata/core-properties';

export async function packDocx(document: Document, { title, font }: DocxProperties): Promise<Buffer> {
  const files = unzipSync(await Packer.toBuffer(document));
  const parts = {
    ...files,
    'docProps/core.xml': Buffer.from(coreProperties(title)),
    'word/fontTable.xml': Buffer.from(fontTable(font)),
  };
  return Buffer.from(zipSync(parts, { mtime: NO_TIME, level: 9 }));
}

/** Both are ours: nothing in them needs to be escaped. */
const coreProperties = (title: string): string =>
  `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>`;

/** Where the font is not installed, a word processor takes one that is like it: upright, for Chinese (charset 86). */
const fontTable = (font: string): string =>
  `${XML}<w:fonts xmlns:w="${WORD}"><w:font w:name="${font}"><w:altName w:val="宋体"/><w:panose1 w:val="02010600030101010101"/><w:charset w:val="86"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>`;

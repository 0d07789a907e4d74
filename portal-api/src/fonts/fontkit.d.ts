// SPDX-License-Identifier: Apache-2.0
// What we use of fontkit, which comes without types.
declare module 'fontkit' {
  export interface OpenedFont {
    characterSet: number[];
    unitsPerEm: number;
    layout(text: string): { glyphs: { path: { toSVG(): string }; advanceWidth: number }[] };
    'OS/2'?: { fsType?: { noEmbedding?: boolean; bitmapOnly?: boolean } };
    GSUB?: { scriptList: { tag: string }[] } | null;
  }
  /** A collection of fonts has no `characterSet`. */
  export function create(bytes: Uint8Array): OpenedFont | { fonts: OpenedFont[] };
}

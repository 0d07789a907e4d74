// SPDX-License-Identifier: Apache-2.0
// The package declares a default export that Node does not see: it exports the function itself.
declare module 'sharp-phash' {
  import type { SharpOptions } from 'sharp';

  /** 64 characters, each `0` or `1`. */
  function phash(picture: Uint8Array, options?: SharpOptions): Promise<string>;
  export = phash;
}

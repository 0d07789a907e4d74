// SPDX-License-Identifier: Apache-2.0
// Zips by yazl, with Node's own CRC-32. The buffer-crc32 that yazl calls is JavaScript and takes 5 ms of the main thread for each MiB;
// Node's takes 0.3. yazl has no option for it, so the function that it calls is replaced.
import { createRequire } from 'node:module';
import { crc32 } from 'node:zlib';

export { ZipFile } from 'yazl';

const requireAsYazl = createRequire(createRequire(import.meta.url).resolve('yazl'));
const buffers: { unsigned(bytes: Buffer, previous?: number): number } = requireAsYazl('buffer-crc32');
buffers.unsigned = crc32;

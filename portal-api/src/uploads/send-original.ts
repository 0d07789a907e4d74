// SPDX-License-Identifier: Apache-2.0
// The HTTP answer that carries an original. It is somebody's bytes under our address: always a download, never a page,
// of a type that its own bytes gave, in a sandbox should a browser show it after all.
import { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { NAMED_ORIGINAL_TYPES } from '../http/original-media.ts';
import { sendStream } from '../http/send-stream.ts';
import type { ByteRange } from '../storage/content-store.ts';
import { type OriginalSource, readOriginal } from './read-original.ts';
import type { Upload } from './upload.ts';

const NAMED_TYPES: ReadonlySet<string> = new Set(NAMED_ORIGINAL_TYPES);

/** Answers with the whole file or the one range asked for. The caller has made sure that the reader may have it. */
export async function sendOriginal(source: OriginalSource, upload: Upload, req: Request, res: Response): Promise<void> {
  const range = rangeOf(req, upload);
  if (range === 'unsatisfiable') {
    res.status(416).set('Content-Range', `bytes */${upload.size}`).end();
    return;
  }
  const bytes = readOriginal(source, upload, range);
  // The first chunk before the headers: what cannot be read is a problem answer, not a broken download.
  const first = await bytes.next();
  setHeaders(res, upload);
  if (range) res.status(206).set('Content-Range', `bytes ${range.start}-${range.end - 1}/${upload.size}`);
  res.set('Content-Length', String(range ? range.end - range.start : upload.size));
  if (req.method === 'HEAD' || first.done) {
    await bytes.return(undefined);
    res.end();
    return;
  }
  const body = async function* () {
    yield first.value;
    yield* bytes;
  };
  await sendStream(Readable.from(body(), { objectMode: false }), res);
}

function setHeaders(res: Response, upload: Upload): void {
  const type = upload.mediaType && NAMED_TYPES.has(upload.mediaType) ? upload.mediaType : 'application/octet-stream';
  res.set({
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-store',
    'Content-Disposition': attachment(upload.name),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Content-Type': type,
    'Cross-Origin-Resource-Policy': 'same-origin',
    ETag: etagOf(upload),
    'X-Content-Type-Options': 'nosniff',
  });
}

/** RFC 6266: the name in UTF-8, and an ASCII one for readers that know no other. */
export function attachment(name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const utf8 = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${utf8}`;
}

function etagOf(upload: Upload): string {
  return `"${upload.sha256?.toString('hex') ?? upload.id}"`;
}

/** RFC 9110: one range is served; several, or one that cannot be read, is as if none was asked for. */
function rangeOf(req: Request, upload: Upload): ByteRange | 'unsatisfiable' | undefined {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(req.get('Range') ?? '');
  const ifRange = req.get('If-Range');
  if (!asked || (ifRange !== undefined && ifRange !== etagOf(upload))) return undefined;
  const [, from = '', to = ''] = asked;
  if (from === '' && to === '') return undefined;
  if (from === '') return to === '0' || upload.size === 0 ? 'unsatisfiable' : lastBytes(Number(to), upload.size);
  const start = Number(from);
  const end = to === '' ? upload.size : Math.min(upload.size, Number(to) + 1);
  if (to !== '' && Number(to) < start) return undefined;
  return start >= upload.size ? 'unsatisfiable' : { start, end };
}

function lastBytes(count: number, size: number): ByteRange {
  return { start: Math.max(0, size - count), end: size };
}

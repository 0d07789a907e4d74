// SPDX-License-Identifier: Apache-2.0
// Uploads over HTTP: the tus protocol, version 1.0.0, at /uploads, for the member who is logged in; and how an upload
// stands, as JSON. Session and CSRF token are checked before: every unsafe method of tus needs the token's header.
import { isDatabaseUnavailable, isDiskFull, onRoute, refuseOtherMethods } from '@inkseal/service-kit';
import { Server } from '@tus/server';
import express, {
  type Request as HttpRequest,
  type Response as HttpResponse,
  type RequestHandler,
  type Router,
} from 'express';
import type { z } from 'zod';
import { newId } from '../db/ids.ts';
import { diskFull } from '../db/outage.ts';
import { DomainError, type ErrorCode } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { type Member, memberOf, requireAccess } from '../http/members.ts';
import { boundRate } from '../http/slow-bodies.ts';
import { ContentStoreError } from '../storage/content-store.ts';
import type { EncryptingStore } from './encrypting-store.ts';
import { expectDigest, statedDigest } from './expected-digest.ts';
import { cleanFileName } from './file-name.ts';
import type { Upload, UploadsContext } from './upload.ts';
import { uploadApi, type uploadStatus } from './uploads.api.ts';
import { findSentUpload } from './uploads.store.ts';

const PATH = '/api/v1/uploads';
const METADATA_LIMIT = 4_096;
const METHOD_OVERRIDE = 'X-HTTP-Method-Override';
const ID_PATTERN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function uploadsRouter(context: UploadsContext, store: EncryptingStore, rateLimit?: RequestHandler): Router {
  /** Failures of ours, under the request they belong to: tus only knows statuses. */
  const failures = new WeakMap<object, unknown>();
  const members = new WeakMap<object, Member>();
  const tus = tusServer(context, store, { failures, members });

  const serve = async (req: HttpRequest, res: HttpResponse, target: Target = {}) => {
    const request = toWebRequest(req, target);
    members.set(request, memberOf(req));
    const response = await tus.handleWeb(request);
    for (const [name, value] of response.headers) if (!/^(access-control|content)-/.test(name)) res.set(name, value);
    if (response.status >= 400) {
      // What the client still sends is taken and dropped, at the least rate that an upload has to keep.
      res.once('finish', () => req.resume());
      throw toDomainError(response.status, failures.get(request));
    }
    res.status(response.status).end();
  };

  const router = express.Router();
  router.use('/uploads', onRoute(PATH)).use('/uploads/:id', onRoute(`${PATH}/{id}`));
  if (rateLimit) router.use('/uploads', rateLimit);
  router.use('/uploads', requireAccess('member'), boundRate, (_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  router.options(['/uploads', '/uploads/:id'], (req, res) => serve(req, res));
  router.post('/uploads', (req, res) => {
    if ((req.get('Upload-Metadata')?.length ?? 0) > METADATA_LIMIT) throw new DomainError('invalid-request');
    return serve(req, res);
  });
  for (const method of ['head', 'patch', 'delete'] as const) {
    router[method]('/uploads/:id', async (req, res) => {
      const { id } = await findOwnUpload(context, { id: req.params.id, accountId: memberOf(req).id });
      await serve(req, res, { id });
    });
  }
  // For clients behind proxies that refuse HEAD, PATCH or DELETE, as tus demands. The POST already had to show its CSRF token.
  router.post('/uploads/:id', async (req, res, next) => {
    const method = req.get(METHOD_OVERRIDE)?.toUpperCase();
    if (method !== 'HEAD' && method !== 'PATCH' && method !== 'DELETE') return next();
    const { id } = await findOwnUpload(context, { id: req.params.id, accountId: memberOf(req).id });
    await serve(req, res, { id, method });
  });
  refuseOtherMethods(router, '/uploads', ['POST', 'OPTIONS']);
  refuseOtherMethods(router, '/uploads/:id', ['HEAD', 'PATCH', 'DELETE', 'OPTIONS']);
  return router;
}

interface OfRequests {
  failures: WeakMap<object, unknown>;
  members: WeakMap<object, Member>;
}

function tusServer(
  { limits, locks }: UploadsContext,
  datastore: EncryptingStore,
  { failures, members }: OfRequests,
): Server {
  return new Server({
    path: PATH,
    datastore,
    locker: locks,
    relativeLocation: true,
    maxSize: limits.maxSize,
    namingFunction: newId,
    getFileIdFromRequest: (_req, id) => (id && ID_PATTERN.test(id) ? id : undefined),
    // Nothing of the client's metadata is kept but the name and the digest.
    onUploadCreate: async (req, { metadata }) => {
      const member = members.get(req);
      const isVerified = String(member?.isVerified === true);
      const expected = statedDigest(metadata?.sha256)?.toString('hex') ?? null;
      const filename = cleanFileName(metadata?.filename);
      return { metadata: { accountId: member?.id ?? null, isVerified, filename, sha256: expected } };
    },
    onResponseError: (req, error) => {
      failures.set(req, error);
      return undefined;
    },
    // Same origin only: no other page has business here.
    allowedOrigins: [],
  });
}

/** The member's own upload, or `upload-not-found`: also for another's, so that nobody learns which ids exist. */
export async function findOwnUpload(
  { db }: Pick<UploadsContext, 'db'>,
  { id, accountId }: { id: string; accountId: string },
): Promise<Upload> {
  const upload = ID_PATTERN.test(id) ? await findSentUpload(db, { id, accountId }) : undefined;
  if (!upload) throw new DomainError('upload-not-found');
  return upload;
}

export function uploadEndpoints(context: UploadsContext): Endpoint[] {
  return [
    endpoint(uploadApi.status, async ({ params, req }) =>
      statusOf(context, await findOwnUpload(context, { id: params.id, accountId: memberOf(req).id })),
    ),
    endpoint(uploadApi.expectDigest, async ({ params, body, req }) => {
      const upload = await findOwnUpload(context, { id: params.id, accountId: memberOf(req).id });
      await expectDigest(context.db, upload, Buffer.from(body.sha256, 'hex'));
      return undefined;
    }),
  ];
}

function statusOf({ problemsOf }: Pick<UploadsContext, 'problemsOf'>, upload: Upload): z.input<typeof uploadStatus> {
  const { id, name, size, receivedBytes, state, mediaType, sha256, sm3 } = upload;
  return {
    id,
    name,
    size: String(size),
    receivedBytes: String(receivedBytes),
    state,
    mediaType,
    sha256: sha256?.toString('hex') ?? null,
    sm3: sm3?.toString('hex') ?? null,
    firstByteAt: upload.firstByteAt?.toISOString() ?? null,
    completedAt: upload.completedAt?.toISOString() ?? null,
    expiresAt: upload.expiresAt?.toISOString() ?? null,
    problems: state === 'COMPLETE' ? problemsOf(upload) : [],
  };
}

interface Target {
  id?: string;
  /** The request's own unless given. */
  method?: string;
}

/** tus reads the id off the end of the address, query included: it gets an address of ours, with the id that was looked at. */
function toWebRequest(req: HttpRequest, { id, method = req.method }: Target): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) if (typeof value === 'string') headers.set(name, value);
  // What the header may do has been decided: it must not turn the request into another once more.
  headers.delete(METHOD_OVERRIDE);
  const hasBody = method === 'POST' || method === 'PATCH';
  // Not by Readable.toWeb, which copies every piece.
  const body = hasBody ? { body: ReadableStream.from(bodyOf(req)), duplex: 'half' as const } : {};
  const address = id === undefined ? PATH : `${PATH}/${id}`;
  // The host plays no part: locations are relative.
  return new Request(`http://localhost${address}`, { method, headers, ...body });
}

/** A refusal must not cut the connection: a client that is still sending would never see the answer. Leaving this loop, also
 *  by an error, leaves the request open. */
async function* bodyOf(req: HttpRequest): AsyncGenerator<Uint8Array> {
  for await (const chunk of req.iterator({ destroyOnReturn: false })) yield chunk;
}

function toDomainError(status: number, failure: unknown): DomainError {
  if (failure instanceof DomainError) return failure;
  if (isDiskFull(failure)) return diskFull(failure);
  if (isDatabaseUnavailable(failure)) return new DomainError('database-unavailable', {}, { cause: failure });
  if (failure instanceof ContentStoreError) return new DomainError('store-unavailable', {}, { cause: failure });
  const isOurs = failure instanceof Error && status >= 500;
  return new DomainError(
    CODE_OF_STATUS[status] ?? (status < 500 ? 'invalid-request' : 'internal'),
    {},
    isOurs ? { cause: failure } : {},
  );
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'upload-not-found',
  409: 'upload-conflict',
  410: 'upload-not-found',
  413: 'payload-too-large',
  // An extension of tus that we do not have.
  501: 'invalid-request',
};

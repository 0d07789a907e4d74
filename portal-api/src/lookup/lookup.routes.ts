// SPDX-License-Identifier: Apache-2.0
// Open to anybody: no session, budgets per address. Codes and tokens come in bodies only, so no address and no log has them.
import type { Response } from 'express';
import { findEarlier } from '../earlier-certificates/index.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { proofTypeOf, trustTypeOf } from '../http/proof-media.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import { findByFile, findByManifest } from './find-numbers.ts';
import { ABSENCE_TYPE, lookupApi } from './lookup.api.ts';
import { absenceOf, bundleOf, type LookupParts, lookUp, openShared, unlock } from './lookup.ts';

/** A proxy may answer so long for us, when everybody looks at one certificate; browsers always ask. */
const SHARED = 'public, max-age=0, s-maxage=10';

export type LookupRouteParts = LookupParts & { limits: RateLimits };

export function lookupEndpoints(parts: LookupRouteParts): Endpoint[] {
  return [
    ...[byDigest(parts), trust(parts), earlier(parts), shared(parts)],
    ...[byNumber(parts), byCode(parts), bundle(parts), absence(parts)],
  ];
}

function byNumber(parts: LookupParts): Endpoint {
  return endpoint(lookupApi.byNumber, async ({ params, res }) => {
    const found = await lookUp(parts, params.number);
    res.set('Cache-Control', SHARED);
    return found;
  });
}

/** As little as the number of a certificate of ours shows without its code: neither title nor names. */
function earlier({ db }: LookupParts): Endpoint {
  return endpoint(lookupApi.earlier, async ({ query, res }) => {
    const found = await findEarlier(db.prisma, query.number);
    if (!found) throw new DomainError('number-not-found');
    res.set('Cache-Control', SHARED);
    return found;
  });
}

function byCode(parts: LookupParts): Endpoint {
  return endpoint(lookupApi.byCode, ({ params, body }) => unlock(parts, { number: params.number, code: body.code }));
}

function shared(parts: LookupParts): Endpoint {
  return endpoint(lookupApi.shared, ({ body }) => openShared(parts, body.token));
}

function bundle(parts: LookupParts): Endpoint {
  return endpoint(lookupApi.bundle, async ({ params, res }) => {
    const { bytes, source } = await bundleOf(parts, params.number);
    // `stored`: the ledger did not answer, and the status in the proof is as of the issue.
    res.set('Inkseal-Status-Source', source);
    sendExactly(res, proofTypeOf(bytes), bytes);
    return undefined;
  });
}

function absence(parts: LookupParts): Endpoint {
  return endpoint(lookupApi.absence, async ({ params, res }) => {
    sendExactly(res, ABSENCE_TYPE, await absenceOf(parts, params.number));
    return undefined;
  });
}

function trust({ proofs }: LookupParts): Endpoint {
  return endpoint(lookupApi.trust, async ({ res }) => {
    const bytes = await proofs.trust();
    sendExactly(res, trustTypeOf(bytes), bytes);
    return undefined;
  });
}

function byDigest({ db, limits }: LookupRouteParts): Endpoint {
  const takeFilePoint = limits.handler('lookup-file');
  const takeManifestPoint = limits.handler('lookup');
  return endpoint(lookupApi.byDigest, async ({ query: { fileSha256, manifestSha256 }, req, res }) => {
    await (fileSha256 === undefined ? takeManifestPoint : takeFilePoint)(req, res, () => undefined);
    if (fileSha256 !== undefined) return { matches: await findByFile(db.prisma, fileSha256) };
    if (manifestSha256 !== undefined) return { matches: await findByManifest(db.prisma, manifestSha256) };
    throw new DomainError('invalid-request');
  });
}

function sendExactly(res: Response, type: string, bytes: Uint8Array): void {
  res.setHeader('Content-Type', type);
  res.end(bytes);
}

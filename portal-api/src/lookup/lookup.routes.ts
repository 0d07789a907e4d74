// SPDX-License-Identifier: Apache-2.0
// Open to anybody: no session, budgets per address. A code comes in a body only, so no address and no log has it.
import type { Response } from 'express';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import { findByFile, findByManifest } from './find-numbers.ts';
import {
  codeBody,
  digestQuery,
  lookupAnswerSchema,
  matchesSchema,
  numberParams,
  printedNumberParams,
  unlockedAnswerSchema,
} from './lookup.schema.ts';
import { absenceOf, bundleOf, type LookupParts, lookUp, unlock } from './lookup.ts';

const PROOF_TYPE = 'application/vnd.inkseal.proof+json;v=1';
const ABSENCE_TYPE = 'application/vnd.inkseal.absence+json;v=1';
const TRUST_TYPE = 'application/vnd.inkseal.trust+json;v=1';

export type LookupRouteParts = LookupParts & { limits: RateLimits };

export function lookupEndpoints(parts: LookupRouteParts): Endpoint[] {
  return [byDigest(parts), trust(parts), byNumber(parts), byCode(parts), bundle(parts), absence(parts)];
}

function byNumber(parts: LookupParts): Endpoint {
  return endpoint({
    method: 'get',
    path: '/lookup/{number}',
    summary: 'What a certificate, order or receipt number shows to anybody',
    access: 'anyone',
    limit: 'lookup',
    params: printedNumberParams,
    answer: lookupAnswerSchema,
    errors: ['number-not-found', 'ledger-unavailable'],
    run: ({ params }) => lookUp(parts, params.number),
  });
}

function byCode(parts: LookupParts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/lookup/{number}',
    summary: 'The same with the disclosed content, for who has the code of the certificate',
    access: 'anyone',
    limit: 'lookup-code',
    params: numberParams,
    body: codeBody,
    answer: unlockedAnswerSchema,
    errors: ['lookup-code-invalid', 'stored-object-damaged'],
    run: ({ params, body }) => unlock(parts, { number: params.number, code: body.code }),
  });
}

function bundle(parts: LookupParts): Endpoint {
  return endpoint({
    method: 'get',
    path: '/lookup/{number}/bundle',
    summary: 'The proof of a certificate number, without its content, byte for byte',
    access: 'anyone',
    limit: 'lookup',
    params: numberParams,
    media: PROOF_TYPE,
    errors: ['number-not-found', 'ledger-unavailable', 'stored-object-damaged'],
    async run({ params, res }) {
      const { bytes, source } = await bundleOf(parts, params.number);
      // `stored`: the ledger did not answer, and the status in the proof is as of the issue.
      res.set('Inkseal-Status-Source', source);
      sendExactly(res, PROOF_TYPE, bytes);
      return undefined;
    },
  });
}

function absence(parts: LookupParts): Endpoint {
  return endpoint({
    method: 'get',
    path: '/lookup/{number}/absence',
    summary: 'The proof that a certificate number was never issued so far',
    access: 'anyone',
    limit: 'lookup',
    params: numberParams,
    media: ABSENCE_TYPE,
    errors: ['state-conflict', 'ledger-unavailable'],
    async run({ params, res }) {
      sendExactly(res, ABSENCE_TYPE, await absenceOf(parts, params.number));
      return undefined;
    },
  });
}

function trust({ proofs }: LookupParts): Endpoint {
  return endpoint({
    method: 'get',
    path: '/lookup/trust',
    summary: "The operator's trust file, to be compared with what the validators publish",
    access: 'anyone',
    limit: 'lookup',
    media: TRUST_TYPE,
    errors: ['ledger-unavailable'],
    async run({ res }) {
      sendExactly(res, TRUST_TYPE, await proofs.trust());
      return undefined;
    },
  });
}

function byDigest({ db, limits }: LookupRouteParts): Endpoint {
  const takeFilePoint = limits.handler('lookup-file');
  const takeManifestPoint = limits.handler('lookup');
  return endpoint({
    method: 'get',
    path: '/lookup',
    summary: 'Which certificates name a file, or stand for a manifest; number and time only',
    access: 'anyone',
    query: digestQuery,
    answer: matchesSchema,
    async run({ query: { fileSha256, manifestSha256 }, req, res }) {
      await (fileSha256 === undefined ? takeManifestPoint : takeFilePoint)(req, res, () => undefined);
      if (fileSha256 !== undefined) return { matches: await findByFile(db.prisma, fileSha256) };
      if (manifestSha256 !== undefined) return { matches: await findByManifest(db.prisma, manifestSha256) };
      throw new DomainError('invalid-request');
    },
  });
}

function sendExactly(res: Response, type: string, bytes: Uint8Array): void {
  res.setHeader('Content-Type', type);
  res.end(bytes);
}

// SPDX-License-Identifier: Apache-2.0
// What can be asked of one certificate number: its proof, its acceptance receipt, its revocation, or the proof that it does not exist.
import { createHash } from 'node:crypto';
import { BUNDLE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE_V2, mediaTypeOf } from '@inkseal/verifier';
import { RECEIPT_MEDIA_TYPE } from '@inkseal/verifier/receipts';
import { z } from 'zod';
import type { LedgerPorts } from './ports.ts';
import { parse, type Route, route, sendJson } from './route.ts';
import { burnedNumberSchema, certificateNumber, revocationInputSchema, revocationSchema } from './schemas.ts';

const ABSENCE_MEDIA_TYPE = 'application/vnd.inkseal.absence+json;v=1';
const MAX_BODY_BYTES = 16 * 1024;

export function numberRoutes(ports: LedgerPorts): Route[] {
  return [prove(ports), receive(ports), revoke(ports), proveAbsence(ports), readLoss(ports)];
}

const numberPath = z.object({ number: certificateNumber });
const proofQuery = z.strictObject({
  status: z.enum(['none']).optional().meta({ description: '`none` leaves out the status proof' }),
});

function prove(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/entries/{number}/proof',
      scope: 'read',
      id: 'readProof',
      summary: 'The whole proof bundle, byte for byte as it is to be kept',
      params: numberPath,
      query: proofQuery,
      outcome: 'The bundle',
      media: [BUNDLE_MEDIA_TYPE, BUNDLE_MEDIA_TYPE_V2],
      moreAnswers: { '304': { description: 'Unchanged since the ETag given' } },
      errors: ['invalid-request', 'entry-not-found', 'not-yet-final', 'chain-unavailable'],
    },
    async ({ request, response, principal: { clientId } }) => {
      const number = BigInt(parse(numberPath, request.params).number);
      const withStatus = parse(proofQuery, request.query).status !== 'none';
      await ports.entryByNumber(clientId, number);
      const bytes = await ports.proof(number, { withStatus });
      response.setHeader('Content-Type', mediaTypeOf(bytes) ?? BUNDLE_MEDIA_TYPE);
      const tag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
      response.setHeader('ETag', tag);
      // Its status is as of now, and tokens of witnesses may still be added.
      response.setHeader('Cache-Control', 'private, no-cache');
      const isKnown = request.headers['if-none-match']
        ?.split(/\s*,\s*/)
        .some((known) => known === tag || known === `W/${tag}`);
      if (isKnown) response.status(304).end();
      else response.end(bytes);
    },
  );
}

function receive(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/entries/{number}/receipt',
      scope: 'read',
      id: 'readReceipt',
      summary: 'The acceptance receipt: our signed promise to anchor the number in time; the same bytes every time',
      params: numberPath,
      outcome: 'The acceptance receipt',
      media: RECEIPT_MEDIA_TYPE,
      errors: ['invalid-request', 'entry-not-found', 'receipts-off'],
    },
    async ({ request, response, principal: { clientId } }) => {
      const number = BigInt(parse(numberPath, request.params).number);
      const bytes = await ports.receipt(clientId, number);
      response.setHeader('Content-Type', RECEIPT_MEDIA_TYPE);
      response.setHeader('Cache-Control', 'private, max-age=31536000, immutable');
      response.end(bytes);
    },
  );
}

function revoke(ports: LedgerPorts): Route {
  return route(
    {
      method: 'post',
      path: '/v1/entries/{number}/revocation',
      scope: 'revoke',
      maxBodyBytes: MAX_BODY_BYTES,
      id: 'revokeEntry',
      summary: 'Revoke a certificate number on the chain; repeating it changes nothing',
      params: numberPath,
      body: revocationInputSchema,
      status: 202,
      outcome: 'Recorded; it goes to the chain once the number is anchored',
      answer: revocationSchema,
      errors: ['invalid-request', 'entry-not-found', 'revocation-conflict'],
    },
    async ({ request, response, principal: { clientId } }) => {
      const number = BigInt(parse(numberPath, request.params).number);
      const { reason } = parse(revocationInputSchema, request.body);
      await ports.entryByNumber(clientId, number);
      sendJson(response, 202, await ports.revoke({ clientId, number, reason }));
    },
  );
}

/** Any number the contract could hold may be asked for. */
const anyNumberPath = z.object({
  number: z
    .string()
    .regex(/^[1-9]\d{0,19}$/, { abort: true })
    .refine((text) => BigInt(text) < 2n ** 64n)
    .meta({ description: 'From 1 to 2^64 − 1', example: '100000000000000123' }),
});

function proveAbsence(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/numbers/{number}/absence',
      scope: 'read',
      id: 'proveAbsence',
      summary: 'Prove that a number has never been issued so far',
      params: anyNumberPath,
      outcome: 'The absence proof',
      media: ABSENCE_MEDIA_TYPE,
      errors: ['invalid-request', 'number-already-issued', 'chain-unavailable'],
    },
    async ({ request, response }) => {
      const bytes = await ports.absence(BigInt(parse(anyNumberPath, request.params).number));
      response.setHeader('Content-Type', ABSENCE_MEDIA_TYPE);
      response.setHeader('Cache-Control', 'private, no-store');
      response.end(bytes);
    },
  );
}

function readLoss(ports: LedgerPorts): Route {
  return route(
    {
      method: 'get',
      path: '/v1/numbers/{number}/loss',
      scope: 'read',
      id: 'readLoss',
      summary:
        'What is known of a burned number: the chain holds the root of its batch, the entry was lost in a restore',
      params: numberPath,
      outcome: 'The batch on the chain, and when the loss was accepted',
      answer: burnedNumberSchema,
      errors: ['invalid-request', 'entry-not-found'],
    },
    async ({ request, response }) => {
      sendJson(response, 200, await ports.burnedNumber(BigInt(parse(numberPath, request.params).number)));
    },
  );
}

// SPDX-License-Identifier: Apache-2.0
import { encodeBundle } from '@inkseal/verifier';
import type { Logger } from 'pino';
import type { Vault } from '../crypto/vault.ts';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { proofTypeOf } from '../http/proof-media.ts';
import type { LedgerClient } from '../ledger/ledger-client.ts';
import { completedBundle } from '../manifests/index.ts';
import { attachment } from '../uploads/index.ts';
import { type RecordParts, recordEvent } from './record-event.ts';
import { rightsEventApi } from './rights-events.api.ts';
import { viewEvent } from './rights-events.store.ts';
import { timelineOf } from './timeline.ts';

export interface RightsEventRouteParts extends RecordParts {
  vault: Vault;
  ledger: LedgerClient;
  logger: Logger;
}

export function rightsEventEndpoints(parts: RightsEventRouteParts): Endpoint[] {
  const { db, works } = parts;
  return [
    endpoint(rightsEventApi.timeline, async ({ params: { id }, req }) =>
      timelineOf(db.prisma, await works.find(memberOf(req).owner, id)),
    ),
    endpoint(rightsEventApi.record, async ({ params, body, req }) => {
      const { owner } = memberOf(req);
      const id = await recordEvent(parts, { owner, workId: params.id, recording: body });
      return viewEvent(db.prisma, { id, owner });
    }),
    endpoint(rightsEventApi.read, ({ params: { id }, req }) =>
      viewEvent(db.prisma, { id, owner: memberOf(req).owner }),
    ),
    bundle(parts),
  ];
}

function bundle(parts: RightsEventRouteParts): Endpoint {
  return endpoint(rightsEventApi.bundle, async ({ params: { id }, req, res }) => {
    const event = await viewEvent(parts.db.prisma, { id, owner: memberOf(req).owner });
    if (event.state !== 'FINAL') throw new DomainError('record-not-final');
    const made = await completedBundle(parts, { order: { rightsEventId: id }, round: 1 });
    const bytes = Buffer.from(encodeBundle(made.bundle));
    res.setHeader('Content-Type', proofTypeOf(bytes));
    res.set({
      'Cache-Control': 'private, no-store',
      'Content-Disposition': attachment(`${made.number}.proof.json`),
      'Content-Length': String(bytes.length),
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    res.end(bytes);
    return undefined;
  });
}

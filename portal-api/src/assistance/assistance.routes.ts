// SPDX-License-Identifier: Apache-2.0
import type { Certificates } from '../certificates/index.ts';
import type { Vault } from '../crypto/vault.ts';
import type { Database } from '../db/database.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { noteLook } from '../orders/index.ts';
import { sendPaper } from '../papers.ts';
import { attachment } from '../uploads/index.ts';
import type { Originals } from '../works/index.ts';
import { disclosureApi, staffAssistanceApi } from './assistance.api.ts';
import { disclosuresTo, listForStaff, readForStaff } from './assistance.view.ts';
import { subjectOf } from './assistance-case.ts';
import { decideCase } from './decide-case.ts';
import { disclose, keepsOf } from './disclose.ts';
import { addLetter, readLetter } from './letters.store.ts';
import { openCase } from './open-case.ts';

export interface AssistanceRouteParts {
  db: Database;
  vault: Vault;
  originals: Pick<Originals, 'send'>;
  certificates: Pick<Certificates, 'sendBundle' | 'sendPackage'>;
}

export function assistanceEndpoints(parts: AssistanceRouteParts): Endpoint[] {
  return [
    ...caseEndpoints(parts),
    ...letterEndpoints(parts),
    ...handingOver(parts),
    endpoint(disclosureApi.list, async ({ req }) => ({
      items: await disclosuresTo(parts.db.prisma, memberOf(req).owner),
    })),
  ];
}

function caseEndpoints(parts: AssistanceRouteParts): Endpoint[] {
  const { db, vault } = parts;
  return [
    endpoint(staffAssistanceApi.list, ({ query, req }) => listForStaff(db, memberOf(req).id, query)),
    endpoint(staffAssistanceApi.open, async ({ body, req }) => {
      const staffId = memberOf(req).id;
      return readForStaff(db.prisma, vault, await openCase(parts, staffId, body), staffId);
    }),
    endpoint(staffAssistanceApi.read, async ({ params: { id }, req }) => {
      const member = memberOf(req);
      const view = await readForStaff(db.prisma, vault, id, member.id);
      await noteLook(db, member, { action: 'assistance-case.look', subject: subjectOf(id) });
      return view;
    }),
    endpoint(staffAssistanceApi.decide, async ({ params: { id }, body, req }) => {
      const staffId = memberOf(req).id;
      await decideCase(db, { staffId, id, decision: body });
      return readForStaff(db.prisma, vault, id, staffId);
    }),
  ];
}

function letterEndpoints({ db, vault }: AssistanceRouteParts): Endpoint[] {
  return [
    endpoint(staffAssistanceApi.addLetter, ({ bytes, req }) =>
      addLetter(db, vault, { sentBy: memberOf(req).id, bytes }),
    ),
    endpoint(staffAssistanceApi.letter, async ({ params: { id, letterId }, req, res }) => {
      const { name, ...letter } = await readLetter(db, vault, { id: letterId, caseId: id });
      await noteLook(db, memberOf(req), { action: 'assistance-case.look-at-letter', subject: subjectOf(id) });
      sendPaper(res, { disposition: attachment(name), ...letter });
      return undefined;
    }),
  ];
}

function handingOver({ db, originals, certificates }: AssistanceRouteParts): Endpoint[] {
  return [
    endpoint(staffAssistanceApi.bundle, async ({ params: { id, orderId }, req, res }) => {
      const wanted = { staffId: memberOf(req).id, caseId: id, orderId };
      const { order, parts } = await disclose(db, { ...wanted, parts: ['NAMES', 'CONTENTS'] });
      await certificates.sendBundle(order, res, keepsOf(parts));
      return undefined;
    }),
    endpoint(staffAssistanceApi.evidencePackage, async ({ params: { id, orderId }, req, res }) => {
      const wanted = { staffId: memberOf(req).id, caseId: id, orderId };
      const { order } = await disclose(db, { ...wanted, parts: ['PACKAGE'] });
      await certificates.sendPackage(order, res);
      return undefined;
    }),
    endpoint(staffAssistanceApi.original, async ({ params: { id, orderId, uploadId }, req, res }) => {
      const wanted = { staffId: memberOf(req).id, caseId: id, orderId };
      await disclose(db, { ...wanted, parts: ['ORIGINALS'], uploadId });
      await originals.send(uploadId, req, res);
      return undefined;
    }),
  ];
}

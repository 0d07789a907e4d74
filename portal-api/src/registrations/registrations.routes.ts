// SPDX-License-Identifier: Apache-2.0
import type { Request } from 'express';
import { DomainError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf, type Owner } from '../http/members.ts';
import type { TemplateKind } from '../registration-documents/index.ts';
import { attachment } from '../uploads/index.ts';
import { type FileGuard, fileEndpoints, type Originals } from '../works/index.ts';
import { DOCX, registrationApi } from './registrations.api.ts';
import { listRegistrations } from './registrations.list.ts';
import type { Registrations } from './registrations.ts';
import { hasDocument, type ViewParts, viewRegistration } from './registrations.view.ts';
import type { FilledTemplate } from './templates.ts';

export interface RegistrationRouteParts extends ViewParts {
  registrations: Registrations;
  originals: Originals;
  fillTemplate(owner: Owner, wanted: { id: string; kind: TemplateKind }): Promise<FilledTemplate>;
}

export function registrationEndpoints(parts: RegistrationRouteParts): Endpoint[] {
  return [
    ...readEndpoints(parts),
    ...formEndpoints(parts),
    ...stepEndpoints(parts),
    templateEndpoint(parts),
    ...fileEndpoints(registrationApi, parts.originals, allowOwner(parts)),
  ];
}

function readEndpoints(parts: RegistrationRouteParts): Endpoint[] {
  return [
    endpoint(registrationApi.list, async ({ query, req }) => {
      const { items, next } = await listRegistrations(parts.db.prisma, { owner: memberOf(req).owner }, query);
      return {
        items: items.map(
          ({ accountId: _a, organisationId: _o, userNumber: _u, round: _r, workType: _w, acceptedAt: _c, ...item }) =>
            item,
        ),
        next,
      };
    }),
    endpoint(registrationApi.read, ({ req, params }) => view(parts, req, params.id)),
  ];
}

function formEndpoints(parts: RegistrationRouteParts): Endpoint[] {
  const { registrations } = parts;
  return [
    endpoint(registrationApi.create, async ({ body, req }) =>
      view(parts, req, await registrations.create(memberOf(req).owner, body.workId)),
    ),
    endpoint(registrationApi.update, async ({ params: { id }, body: { version, ...form }, req }) => {
      await registrations.update(memberOf(req).owner, { id, version }, form);
      return view(parts, req, id);
    }),
    endpoint(registrationApi.remove, async ({ params: { id }, req }) => {
      await registrations.remove(memberOf(req).owner, id);
      return undefined;
    }),
    endpoint(registrationApi.completeness, async ({ params: { id }, req }) => {
      await registrations.requireComplete(memberOf(req).owner, id);
      return undefined;
    }),
  ];
}

function stepEndpoints(parts: RegistrationRouteParts): Endpoint[] {
  const { registrations } = parts;
  return [
    endpoint(registrationApi.submit, async ({ params: { id }, body, req }) => {
      await registrations.submit(memberOf(req).owner, { id, ...body });
      return view(parts, req, id);
    }),
    endpoint(registrationApi.resubmit, async ({ params: { id }, body, req }) => {
      await registrations.resubmit(memberOf(req).owner, { id, ...body });
      return view(parts, req, id);
    }),
    endpoint(registrationApi.withdraw, async ({ params: { id }, req }) => {
      await registrations.withdraw(memberOf(req).owner, id);
      return view(parts, req, id);
    }),
  ];
}

function templateEndpoint({ fillTemplate }: RegistrationRouteParts): Endpoint {
  return endpoint(registrationApi.template, async ({ params: wanted, req, res }) => {
    const { name, bytes } = await fillTemplate(memberOf(req).owner, wanted);
    res.set({ 'Cache-Control': 'private, no-store', 'Content-Disposition': attachment(name) });
    res.type(DOCX).send(bytes);
    return undefined;
  });
}

function allowOwner({ db }: RegistrationRouteParts): FileGuard {
  return {
    async allow(req, { id, uploadId }) {
      if (!(await hasDocument(db.prisma, { id, uploadId, owner: memberOf(req).owner })))
        throw new DomainError('file-not-found');
    },
    mayKeep: true,
  };
}

function view(parts: RegistrationRouteParts, req: Request, id: string) {
  return viewRegistration(parts, { id, owner: memberOf(req).owner });
}

// SPDX-License-Identifier: Apache-2.0
import type { Request } from 'express';
import type { Database } from '../db/database.ts';
import { DomainError, refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { type Member, memberOf } from '../http/members.ts';
import { reencodeIdImage } from '../identity/index.ts';
import type { MembershipStore } from './memberships.store.ts';
import type { OrganisationFormStore } from './organisation-form.store.ts';
import { organisationApi } from './organisations.api.ts';
import type { OrganisationForm } from './organisations.schema.ts';
import type { OrganisationStore } from './organisations.store.ts';
import { viewOrganisation } from './organisations.view.ts';

export interface OrganisationParts {
  db: Database;
  store: OrganisationStore;
  forms: OrganisationFormStore;
  memberships: MembershipStore;
  fonts: Fonts;
}

export function organisationEndpoints(parts: OrganisationParts): Endpoint[] {
  return [actingEndpoint(parts), ...recordEndpoints(parts), ...formEndpoints(parts)];
}

function actingEndpoint({ memberships }: OrganisationParts): Endpoint {
  return endpoint(organisationApi.act, async ({ body: { organisationId }, req }) => {
    const { id } = memberOf(req);
    const isOwn = organisationId === null || (await memberships.of(id)).some((each) => each.id === organisationId);
    if (!isOwn) throw new DomainError('organisation-not-found');
    req.session.organisationId = organisationId;
    return undefined;
  });
}

function recordEndpoints(parts: OrganisationParts): Endpoint[] {
  const { db, store, forms, memberships } = parts;
  return [
    endpoint(organisationApi.read, async ({ req }) => viewOrganisation(parts, actedFor(memberOf(req)))),
    endpoint(organisationApi.found, async ({ body, req }) => {
      const { id: accountId } = memberOf(req);
      refuseUnprintable(parts, body);
      const organisationId = await db.transaction(async (tx) => {
        await memberships.requireNoneWaiting(tx, accountId);
        const id = await store.found(tx, accountId, body);
        await forms.forget(tx, accountId);
        return id;
      });
      req.session.organisationId = organisationId;
      return viewOrganisation(parts, { organisationId, role: 'MANAGER' });
    }),
    endpoint(organisationApi.save, async ({ body, req }) => {
      const owner = managed(req);
      refuseUnprintable(parts, body);
      await db.transaction(async (tx) => {
        await store.save(tx, owner, body);
        await memberships.requireManaging(tx, owner);
        await forms.forget(tx, owner.accountId);
      });
      return viewOrganisation(parts, { ...owner, role: 'MANAGER' });
    }),
  ];
}

function formEndpoints({ store, forms }: OrganisationParts): Endpoint[] {
  return [
    endpoint(organisationApi.addLicence, async ({ bytes, req }) => {
      const image = await reencodeIdImage(bytes);
      return { id: await store.saveLicence(memberOf(req).id, image) };
    }),
    endpoint(organisationApi.readForm, ({ req }) => {
      const { id, owner } = memberOf(req);
      return forms.read(id, owner.organisationId === null ? null : managed(req).organisationId);
    }),
    endpoint(organisationApi.keepForm, async ({ body, req }) => {
      const { id, owner } = memberOf(req);
      await forms.keep(id, owner.organisationId, body);
      return undefined;
    }),
  ];
}

function refuseUnprintable({ fonts }: OrganisationParts, { name }: OrganisationForm): void {
  refuseFields(printingFaults(fonts, [{ field: 'name', text: name }]));
}

/** The organisation that a member acts for, or `organisation-not-found`. */
export function actedFor({ owner: { organisationId }, organisationRole: role }: Member) {
  if (organisationId === null || role === null) throw new DomainError('organisation-not-found');
  return { organisationId, role };
}

/** As `actedFor`, for its manager; `forbidden` for a clerk. The organisation need not be verified. */
function managed(req: Request) {
  const member = memberOf(req);
  const { organisationId, role } = actedFor(member);
  if (role !== 'MANAGER') throw new DomainError('forbidden');
  return { accountId: member.id, organisationId };
}

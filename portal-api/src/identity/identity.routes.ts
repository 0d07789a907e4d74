// SPDX-License-Identifier: Apache-2.0
import type { Database, Transaction } from '../db/database.ts';
import { type FieldError, refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import { IDENTITY_CHECK_TOPIC } from './check-identity.ts';
import { reencodeIdImage } from './id-image.ts';
import { identityApi } from './identity.api.ts';
import type { PersonalIdentity } from './identity.schema.ts';
import type { IdentityStore } from './identity.store.ts';
import type { IdentityFormStore } from './identity-form.store.ts';
import { documentOf } from './resident-id.ts';
import type { SubmittedIdentity } from './travel-document.ts';

const FIELD_OF_SIDE = { front: 'frontImageId', back: 'backImageId' } as const;

export interface IdentityParts {
  db: Database;
  store: IdentityStore;
  forms: IdentityFormStore;
  fonts: Fonts;
  /** An outside service is asked about each real name, afterwards. */
  isChecked: boolean;
}

export function identityEndpoints(parts: IdentityParts): Endpoint[] {
  return [...recordEndpoints(parts), ...formEndpoints(parts)];
}

function recordEndpoints(parts: IdentityParts): Endpoint[] {
  const { store, fonts } = parts;
  return [
    endpoint(identityApi.read, ({ req }) => store.current(memberOf(req).id)),
    endpoint(identityApi.save, async ({ body, req }) => {
      const member = memberOf(req);
      refuseFields(printingFaults(fonts, [{ field: 'name', text: body.name }]));
      await savePerson(parts, member, body);
      return store.current(member.id);
    }),
    endpoint(identityApi.submit, async ({ body, req }) => {
      const member = memberOf(req);
      refuseFields(printingFaults(fonts, [{ field: 'name', text: body.name }]));
      await submitPerson(parts, member, body);
      return store.current(member.id);
    }),
    endpoint(identityApi.addImage, async ({ query: { side }, bytes, req }) => {
      const image = await reencodeIdImage(bytes);
      return { id: await store.saveImage(memberOf(req).id, side, image), side };
    }),
  ];
}

function formEndpoints({ db, store, forms }: IdentityParts): Endpoint[] {
  return [
    endpoint(identityApi.readForm, ({ req }) => forms.read(memberOf(req).id)),
    endpoint(identityApi.keepForm, async ({ body, req }) => {
      await forms.keep(memberOf(req).id, body);
      return undefined;
    }),
    endpoint(identityApi.changeContact, async ({ body, req }) => {
      const member = memberOf(req);
      return db.transaction(async (tx) => {
        const { id, version } = await forms.changeContact(tx, member.id, body);
        const entry = { actor: actorOf(member.owner), action: 'identity.change-contact', subject: `identity:${id}` };
        tx.record({ ...entry, detail: { version } });
        // Read before the commit: afterwards it may be the version of another request.
        return store.current(member.id, tx);
      });
    }),
  ];
}

async function savePerson(
  { db, store, forms, isChecked }: IdentityParts,
  member: Member,
  identity: PersonalIdentity,
): Promise<void> {
  await db.transaction(async (tx) => {
    await requireImages(tx, store, member, identity);
    const card = { ...identity, documentType: documentOf(identity.idNumber) };
    const { id, version } = await store.replace(tx, member.id, card);
    await forms.forget(tx, member.id);
    if (isChecked) tx.enqueue(IDENTITY_CHECK_TOPIC, { identityId: id });
    const actor = actorOf(member.owner);
    tx.record({ actor, action: 'identity.verify', subject: `identity:${id}`, detail: { version, nature: 'PERSONAL' } });
  });
}

/** It waits for its review, and what was verified before is no longer. */
async function submitPerson(
  { db, store, forms }: IdentityParts,
  member: Member,
  { nationality, birthDate, expiresOn, ...identity }: SubmittedIdentity,
): Promise<void> {
  await db.transaction(async (tx) => {
    await requireImages(tx, store, member, identity);
    const details = { nationality, birthDate, expiresOn };
    const { id, version } = await store.replace(tx, member.id, { ...identity, details });
    await forms.forget(tx, member.id);
    const actor = actorOf(member.owner);
    const { documentType } = identity;
    tx.record({ actor, action: 'identity.submit', subject: `identity:${id}`, detail: { version, documentType } });
  });
}

async function requireImages(tx: Transaction, store: IdentityStore, { id }: Member, identity: Images): Promise<void> {
  const images = { front: identity.frontImageId, back: identity.backImageId };
  const missing = await store.missingImages(tx, id, images);
  refuseFields(missing.map((side): FieldError => ({ field: FIELD_OF_SIDE[side], code: 'not-found' })));
}

interface Images {
  frontImageId: string;
  backImageId?: string | undefined;
}

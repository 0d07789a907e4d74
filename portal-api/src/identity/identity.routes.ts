// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { type FieldError, refuseFields } from '../errors.ts';
import { type Fonts, printingFaults } from '../fonts/index.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import { ID_IMAGE_TYPES, MAX_ID_IMAGE_BYTES, reencodeIdImage } from './id-image.ts';
import {
  contactSchema,
  identityFormSchema,
  identitySchema,
  type PersonalIdentity,
  personalIdentitySchema,
} from './identity.schema.ts';
import type { IdentityStore } from './identity.store.ts';
import type { IdentityFormStore } from './identity-form.store.ts';

const FIELD_OF_SIDE = { front: 'frontImageId', back: 'backImageId' } as const;

export interface IdentityParts {
  db: Database;
  store: IdentityStore;
  forms: IdentityFormStore;
  fonts: Fonts;
}

export function identityEndpoints(parts: IdentityParts): Endpoint[] {
  return [...recordEndpoints(parts), ...formEndpoints(parts)];
}

function recordEndpoints(parts: IdentityParts): Endpoint[] {
  const { store, fonts } = parts;
  return [
    endpoint({
      method: 'get',
      path: '/identity',
      summary: 'My real name as certificates print it; the rest masked',
      access: 'member',
      answer: identitySchema,
      errors: ['stored-object-damaged'],
      run: ({ req }) => store.current(memberOf(req).id),
    }),
    endpoint({
      method: 'put',
      path: '/identity',
      summary: 'Save my real name; a person is verified at once',
      access: 'member',
      limit: 'identity',
      body: personalIdentitySchema,
      answer: identitySchema,
      errors: ['identity-in-use'],
      async run({ body, req }) {
        const member = memberOf(req);
        refuseFields(printingFaults(fonts, [{ field: 'name', text: body.name }]));
        await savePerson(parts, member, body);
        return store.current(member.id);
      },
    }),
    endpoint({
      method: 'post',
      path: '/identity/images',
      summary: 'A side of my identity card, for the form; kept without metadata, encrypted',
      access: 'member',
      limit: 'identity',
      query: z.strictObject({ side: z.enum(['front', 'back']) }),
      bytes: { mediaTypes: ID_IMAGE_TYPES, limitBytes: MAX_ID_IMAGE_BYTES },
      status: 201,
      answer: z.object({ id: z.uuid(), side: z.enum(['front', 'back']) }),
      errors: ['image-invalid', 'payload-too-large', 'unsupported-media-type'],
      async run({ query: { side }, bytes, req }) {
        const image = await reencodeIdImage(bytes);
        return { id: await store.saveImage(memberOf(req).id, side, image), side };
      },
    }),
  ];
}

function formEndpoints({ db, store, forms }: IdentityParts): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/identity/form',
      summary: 'The real-name form as I left it, else what is on record of me',
      access: 'member',
      answer: z.object({ form: identityFormSchema, savedAt: z.iso.datetime().nullable() }),
      errors: ['stored-object-damaged'],
      run: ({ req }) => forms.read(memberOf(req).id),
    }),
    endpoint({
      method: 'put',
      path: '/identity/form',
      summary: 'Keep the real-name form for the next visit, encrypted; dropped after some days',
      access: 'member',
      body: identityFormSchema,
      async run({ body, req }) {
        await forms.keep(memberOf(req).id, body);
        return undefined;
      },
    }),
    endpoint({
      method: 'put',
      path: '/identity/contact',
      summary: 'Change my e-mail and address; the person stays verified',
      access: 'verified',
      limit: 'identity',
      body: contactSchema,
      answer: identitySchema,
      errors: ['stored-object-damaged'],
      async run({ body, req }) {
        const member = memberOf(req);
        return db.transaction(async (tx) => {
          const { id, version } = await forms.changeContact(tx, member.id, body);
          const entry = { actor: actorOf(member), action: 'identity.change-contact', subject: `identity:${id}` };
          tx.record({ ...entry, detail: { version } });
          // Read before the commit: afterwards it may be the version of another request.
          return store.current(member.id, tx);
        });
      },
    }),
  ];
}

async function savePerson(
  { db, store, forms }: IdentityParts,
  member: Member,
  identity: PersonalIdentity,
): Promise<void> {
  await db.transaction(async (tx) => {
    const images = { front: identity.frontImageId, back: identity.backImageId };
    const missing = await store.missingImages(tx, member.id, images);
    refuseFields(missing.map((side): FieldError => ({ field: FIELD_OF_SIDE[side], code: 'not-found' })));
    const { id, version } = await store.replace(tx, member.id, identity);
    await forms.forget(tx, member.id);
    const actor = actorOf(member);
    tx.record({ actor, action: 'identity.verify', subject: `identity:${id}`, detail: { version, nature: 'PERSONAL' } });
  });
}

// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { type FieldError, refuseFields } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { actorOf, type Member, memberOf } from '../http/members.ts';
import { ID_IMAGE_TYPES, MAX_ID_IMAGE_BYTES, reencodeIdImage } from './id-image.ts';
import { identitySchema, type PersonalIdentity, personalIdentitySchema } from './identity.schema.ts';
import type { IdentityStore } from './identity.store.ts';

const FIELD_OF_SIDE = { front: 'frontImageId', back: 'backImageId' } as const;

export function identityEndpoints({ db, store }: { db: Database; store: IdentityStore }): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/identity',
      summary: 'My real name as certificates print it; the rest masked',
      access: 'member',
      answer: identitySchema,
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
        await savePerson({ db, store }, member, body);
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

async function savePerson(
  { db, store }: { db: Database; store: IdentityStore },
  member: Member,
  identity: PersonalIdentity,
): Promise<void> {
  await db.transaction(async (tx) => {
    const images = { front: identity.frontImageId, back: identity.backImageId };
    const missing = await store.missingImages(tx, member.id, images);
    refuseFields(missing.map((side): FieldError => ({ field: FIELD_OF_SIDE[side], code: 'not-found' })));
    const { id, version } = await store.replace(tx, member.id, identity);
    const actor = actorOf(member);
    tx.record({ actor, action: 'identity.verify', subject: `identity:${id}`, detail: { version, nature: 'PERSONAL' } });
  });
}

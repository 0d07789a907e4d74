// SPDX-License-Identifier: Apache-2.0
// An order as it would be frozen now: what its owner reads before that cannot be taken back. Nothing of it is kept.
import type { Section } from '@inkseal/verifier';
import { DomainError } from '../errors.ts';
import type { Owner } from '../http/members.ts';
import { type FullNameOf, holderIdsOf } from '../parties/index.ts';
import { EDITABLE } from './attestation.ts';
import { lockAttestation } from './attestations.store.ts';
import type { AttestationParts } from './attestations.ts';
import { type Content, freezeContent } from './content.ts';
import { sectionsOf } from './sections.ts';

type ContentParts = Pick<AttestationParts, 'db' | 'fonts' | 'rightHolders' | 'person'>;

interface ContentToCome {
  orderNumber: string;
  content: Content;
}

/** Throws what the submission would, with every fault of every field. */
export async function contentToCome(
  { db, fonts, rightHolders, person }: ContentParts,
  owner: Owner,
  id: string,
): Promise<ContentToCome> {
  const self = await person(owner);
  if (!self) throw new DomainError('identity-required');
  return db.transaction(async (tx) => {
    const { state, form, workId, orderNumber } = await lockAttestation(tx, { id, owner });
    if (!EDITABLE.includes(state)) throw new DomainError('state-conflict', { record: 'attestation', event: 'preview' });
    const holders = await rightHolders.choose(tx, owner, holderIdsOf([...form.depositors, ...form.authors]));
    const content = await freezeContent(tx, { workId, form, person: self, holders, fonts });
    return { orderNumber: String(orderNumber), content };
  });
}

/** What would go on record, with full names. */
export async function sectionsToCome(
  parts: ContentParts & { fullNameOf: FullNameOf },
  owner: Owner,
  id: string,
): Promise<Section[]> {
  const { orderNumber, content } = await contentToCome(parts, owner, id);
  return sectionsOf(orderNumber, content, parts.fullNameOf);
}

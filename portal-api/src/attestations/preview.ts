// SPDX-License-Identifier: Apache-2.0
// An order as it would be frozen now: what its owner reads before that cannot be taken back. Nothing of it is kept.
import type { Section } from '@inkseal/verifier';
import { DomainError } from '../errors.ts';
import type { Owner } from '../http/members.ts';
import { type FullNameOf, holderIdsOf } from '../parties/index.ts';
import { EDITABLE } from './attestation.ts';
import { lockAttestation } from './attestations.store.ts';
import type { AttestationParts } from './attestations.ts';
import { freezeContent } from './content.ts';
import { sectionsOf } from './sections.ts';

type PreviewParts = Pick<AttestationParts, 'db' | 'fonts' | 'rightHolders' | 'person'> & { fullNameOf: FullNameOf };

/** What would go on record. Throws what the submission would, with every fault of every field. */
export async function sectionsToCome(parts: PreviewParts, owner: Owner, id: string): Promise<Section[]> {
  const { db, fonts, rightHolders, person, fullNameOf } = parts;
  const self = await person(owner);
  if (!self) throw new DomainError('identity-required');
  const { orderNumber, content } = await db.transaction(async (tx) => {
    const order = await lockAttestation(tx, { id, owner });
    if (!EDITABLE.includes(order.state))
      throw new DomainError('state-conflict', { record: 'attestation', event: 'preview' });
    const { form, workId } = order;
    const holders = await rightHolders.choose(tx, owner, holderIdsOf([...form.depositors, ...form.authors]));
    return { ...order, content: await freezeContent(tx, { workId, form, person: self, holders, fonts }) };
  });
  return sectionsOf(String(orderNumber), content, fullNameOf);
}

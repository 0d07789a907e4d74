// SPDX-License-Identifier: Apache-2.0
// What goes on record of an event. Names are in sections of their own, so that each reader is given the right form.
import type { JsonValue, Section } from '@inkseal/verifier';
import { salted } from '../manifests/index.ts';
import { type FullNameOf, partySections } from '../parties/index.ts';
import { counterpartOf, type Frozen } from './content.ts';
import { BASIS, UPHELD_BASIS } from './rights-event.ts';
import type { Facts } from './rights-events.schema.ts';

export interface RecordedEvent {
  recordNumber: string;
  recordedAt: string;
  facts: Facts;
  frozen: Frozen;
  /** Of the dispute that it settles. */
  citedNumber: string | null;
}

/** `event`, `work`, `documents`, `party:1` …, `person:1` … */
export async function sectionsOf(event: RecordedEvent, fullNameOf: FullNameOf): Promise<Section[]> {
  const { facts, frozen } = event;
  const { work, recorder, documents } = frozen;
  const counterpart = counterpartOf(facts);
  const parties = [
    ...(recorder ? [{ role: 'recorder', party: recorder }] : []),
    ...(counterpart ? [{ role: counterpart.role, party: { name: counterpart.name } }] : []),
  ];
  return [
    salted('event', eventContent(event)),
    salted('work', { ...work, serial: String(work.serial) }),
    salted(
      'documents',
      documents.map(({ name, size, sha256, sm3 }) => ({ name, size, sha256, sm3 })),
    ),
    ...(await partySections(parties, fullNameOf)),
  ];
}

function eventContent({ recordNumber, recordedAt, facts, citedNumber }: RecordedEvent): JsonValue {
  const basis = facts.kind === 'OBJECTION' ? UPHELD_BASIS : BASIS;
  return { heading: '权利变动记录', basis, recordNumber, recordedAt, ...statedFacts(facts), cites: citedNumber };
}

/** Without names, and without the id of what it cites, which means nothing outside. */
function statedFacts(facts: Facts): Record<string, JsonValue> {
  if (facts.kind === 'LICENCE') {
    const { licensee: _, rights, ...stated } = facts;
    return { ...stated, rights: rights.toSorted() };
  }
  if (facts.kind === 'TRANSFER') {
    const { transferee: _, rights, ...stated } = facts;
    return { ...stated, rights: rights.toSorted() };
  }
  if (facts.kind === 'OBJECTION') return facts;
  if (facts.status === 'OPEN') {
    const { claimant: _, ...stated } = facts;
    return stated;
  }
  const { cites: _, ...stated } = facts;
  return stated;
}

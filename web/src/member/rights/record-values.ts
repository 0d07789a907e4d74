// SPDX-License-Identifier: Apache-2.0
// What the form holds, whichever kind is chosen, and what of it is sent.
import type { EconomicRight, Exclusivity, RightsEventFacts } from '../../api/rights-events.ts';
import { filledIn } from '../../kit/form.ts';

export const CHOICES = ['LICENCE', 'TRANSFER', 'DISPUTE', 'SETTLEMENT'] as const;
export type Choice = (typeof CHOICES)[number];

export interface RecordValues {
  /** Licensee, transferee or claimant. */
  name: string;
  exclusivity: Exclusivity | null;
  rights: EconomicRight[];
  rightsNote: string;
  territory: string;
  from: string | null;
  to: string | null;
  /** Of a transfer, of a dispute, or of its outcome. */
  on: string | null;
  words: string;
  court: string;
  caseNumber: string;
  cites: string | null;
}

export const EMPTY: RecordValues = {
  name: '',
  exclusivity: null,
  rights: [],
  rightsNote: '',
  territory: '',
  from: null,
  to: null,
  on: null,
  words: '',
  court: '',
  caseNumber: '',
  cites: null,
};

/** By their names in the API; what is empty is left out, so that the portal says it is missing. */
export function factsOf(choice: Choice, values: RecordValues): RightsEventFacts {
  const { name, exclusivity, rights, rightsNote, territory, from, to, on, words, court, caseNumber, cites } = values;
  const where = { court, caseNumber };
  const facts: Record<Choice, object> = {
    LICENCE: { kind: 'LICENCE', licensee: name, exclusivity, rights, rightsNote, territory, from, to },
    TRANSFER: { kind: 'TRANSFER', transferee: name, rights, rightsNote, transferredOn: on },
    DISPUTE: { kind: 'DISPUTE', status: 'OPEN', claimant: name, matter: words, raisedOn: on, ...where },
    SETTLEMENT: { kind: 'DISPUTE', status: 'SETTLED', cites, outcome: words, settledOn: on, ...where },
  };
  const given = Object.entries(filledIn(facts[choice])).filter(([, value]) => value !== null);
  return Object.fromEntries(given) as RightsEventFacts; // the portal names what is missing
}

// SPDX-License-Identifier: Apache-2.0
// What an owner stated, as label and value.
import type { ReactNode } from 'react';
import type { RecordedFacts, RightsEvent } from '../../api/rights-events.ts';
import { fill } from '../../i18n/fill.ts';
import type { RightsText } from './i18n.ts';

type Rows = [label: string, value: ReactNode][];

export function eventRows({ recordNumber, number, facts, documents, cites, settledBy }: RightsEvent, text: RightsText) {
  const rows: Rows = [
    [text.recordNumber, recordNumber],
    [text.chainNumber, number],
    ...(facts ? factRows(facts, text) : ([[text.matter, text.erased]] satisfies Rows)),
    [text.citesNumber, cites?.recordNumber],
    [text.settledBy, settledBy?.recordNumber],
    [text.documents, documents.map(({ name }) => name).join(text.between)],
  ];
  return rows.filter(([, value]) => value !== '' && value !== null && value !== undefined);
}

function factRows(facts: RecordedFacts, text: RightsText): Rows {
  if (facts.kind === 'LICENCE') {
    const { licensee, exclusivity, territory, from, to } = facts;
    return [
      [text.licensee, licensee],
      [text.exclusivity, text.exclusivities[exclusivity]],
      ...rightsRows(facts, text),
      [text.territory, territory],
      [text.term, to ? fill(text.termFixed, { from, to }) : fill(text.termOpen, { from })],
    ];
  }
  if (facts.kind === 'TRANSFER')
    return [[text.transferee, facts.transferee], ...rightsRows(facts, text), [text.transferredOn, facts.transferredOn]];
  if (facts.kind === 'OBJECTION')
    return [
      [text.objectionNumber, facts.objectionNumber],
      [text.certificateNumber, facts.certificateNumber],
      [text.objectionReason, text.objectionReasons[facts.reason]],
      [text.upheldOn, facts.upheldOn],
      [text.basisLabel, text.upheldBasis],
    ];
  const where: Rows = [
    [text.court, facts.court],
    [text.caseNumber, facts.caseNumber],
  ];
  return facts.status === 'OPEN'
    ? [[text.claimant, facts.claimant], [text.matter, facts.matter], [text.raisedOn, facts.raisedOn], ...where]
    : [[text.outcome, facts.outcome], [text.settledOn, facts.settledOn], ...where];
}

function rightsRows(
  { rights, rightsNote }: Extract<RecordedFacts, { kind: 'LICENCE' | 'TRANSFER' }>,
  text: RightsText,
): Rows {
  return [
    [
      text.rights,
      rights
        .toSorted()
        .map((right) => text.rightNames[right])
        .join(text.between),
    ],
    [text.rightsNote, rightsNote],
  ];
}

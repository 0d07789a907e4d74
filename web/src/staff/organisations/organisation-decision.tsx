// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { OrganisationReason, StaffOrganisation } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { ReviewDecision, type Verdict } from '../reasons/review-decision.tsx';
import { useOrganisationReviewText } from './i18n.ts';

const FIELDS = ['name', 'creditCode', 'licenceImageId', 'phone', 'representative', 'email', 'address'] as const;

interface DecisionProps {
  organisation: StaffOrganisation;
  onConflict: () => unknown;
}

export function OrganisationDecision({ organisation, onConflict }: DecisionProps) {
  const text = useOrganisationReviewText();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { id, version, name } = organisation;
  const finish = async (decision: Verdict) => {
    for (const key of ['staff-organisations', 'staff-waiting']) await queries.invalidateQueries({ queryKey: [key] });
    void navigate('/staff/organisations', { state: { done: fill(text.done[decision], { name }) } });
  };
  return (
    <ReviewDecision<OrganisationReason>
      record={organisation}
      text={text}
      fields={FIELDS.map((value) => ({ value, label: text[value] }))}
      send={(decision, reasons) =>
        call('post', '/staff/organisations/{id}/decision', { params: { id }, body: { version, decision, reasons } })
      }
      onDone={finish}
      onConflict={onConflict}
    />
  );
}

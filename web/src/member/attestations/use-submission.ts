// SPDX-License-Identifier: Apache-2.0
// The step that cannot be taken back: the order is submitted as its owner has just read it.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import type { Attestation } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import { useFaults } from '../../kit/form.ts';
import { todayInChina } from '../../kit/inputs.tsx';
import { useLabelOf } from '../../orders/labels.ts';

export function useSubmission({ id, version, state }: Attestation) {
  const faults = useFaults({ prefix: 'summary', labelOf: useLabelOf(), values: { today: todayInChina() } });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  /** With the price that the page shows; an order that came back costs nothing again. */
  const post = (priceFen: number | undefined) =>
    state === 'RETURNED'
      ? call('post', '/attestations/{id}/resubmission', { params: { id }, body: { version } })
      : call('post', '/attestations/{id}/submission', { params: { id }, body: { version, priceFen: priceFen ?? 0 } });
  const submit = async (priceFen: number | undefined) => {
    setBusy(true);
    try {
      const sent = await post(priceFen);
      queries.setQueryData(['attestation', id], sent);
      void queries.invalidateQueries({ queryKey: ['attestations'] });
      void queries.invalidateQueries({ queryKey: ['works'] });
      const next = sent.allowed.includes('pay') ? `/member/attestations/${id}/payment` : `/member/attestations/${id}`;
      void navigate(next, { replace: true });
    } catch (error) {
      // The page shows the new price, beside the sentence that asks to look at it.
      if (toApiError(error).code === 'price-changed') await queries.refetchQueries({ queryKey: ['quotes'] });
      faults.fail(error);
    } finally {
      setBusy(false);
    }
  };
  return { faults, isBusy, submit };
}

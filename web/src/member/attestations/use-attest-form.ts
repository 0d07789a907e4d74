// SPDX-License-Identifier: Apache-2.0
// The attestation form at work: draft, saving, and on to the summary, where it is submitted.
import { useNavigate } from 'react-router';
import type { Attestation, AttestationForm } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import { useLabelOf } from '../../orders/labels.ts';
import { useOrderForm } from '../orders/use-order-form.ts';

export function useAttestForm(attestation: Attestation) {
  const { id, state } = attestation;
  const navigate = useNavigate();
  const form = useOrderForm<AttestationForm, Attestation>({
    order: attestation,
    kind: 'attestation',
    prefix: 'attest',
    labelOf: useLabelOf(),
    send: (body) => call('put', '/attestations/{id}', { params: { id }, body }),
  });
  /** On to the summary, once nothing is missing. */
  const complete = () =>
    form.run('submit', async () => {
      const saved = await form.put(form.current());
      await call('post', '/attestations/{id}/completeness', { params: { id }, body: {} });
      form.settle(saved);
      void navigate(`/member/attest/${id}/summary`);
    });
  return { ...form, attestation, review: state === 'RETURNED' ? attestation.review : null, complete };
}

export type AttestFormState = ReturnType<typeof useAttestForm>;

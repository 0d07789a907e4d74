// SPDX-License-Identifier: Apache-2.0
// The attestation form at work: draft, saving, submitting.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import type { Attestation, AttestationForm } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import { forgetDraft, readDraft, useAutosave } from '../../kit/draft.ts';
import { useFaults } from '../../kit/form.ts';
import { useFormValues } from '../../kit/form-values.ts';
import { todayInChina } from '../../kit/inputs.tsx';
import { useLabelOf } from '../../orders/labels.ts';

export function useAttestForm(attestation: Attestation) {
  const { id } = attestation;
  const draftKey = `attestation:${id}`;
  const { values, change, current } = useFormValues(
    () => readDraft<AttestationForm>(draftKey)?.values ?? attestation.form,
    (field) => faults.clear(field),
  );
  const faults = useFaults({ prefix: 'attest', labelOf: useLabelOf(), values: { today: todayInChina() } });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const version = useRef(attestation.version);
  const put = async (form: AttestationForm) => {
    const saved = await call('put', '/attestations/{id}', {
      params: { id },
      body: { ...form, version: version.current },
    });
    version.current = saved.version;
    return saved;
  };
  const autosave = useAutosave({ key: draftKey, values, id, save: put });
  const [busy, setBusy] = useState<'save' | 'submit'>();
  const [isSaved, setSaved] = useState(false);

  const run = async (what: 'save' | 'submit', work: () => Promise<void>) => {
    setBusy(what);
    setSaved(false);
    await autosave.stop();
    try {
      await work();
    } catch (error) {
      // The page shows the new price, beside the sentence that asks to look at it.
      if (toApiError(error).code === 'price-changed') await queries.refetchQueries({ queryKey: ['prices'] });
      faults.fail(error);
    } finally {
      autosave.restart();
      setBusy(undefined);
    }
  };
  const save = () =>
    run('save', async () => {
      queries.setQueryData(['attestation', id], await put(current()));
      forgetDraft(draftKey);
      faults.clear();
      setSaved(true);
    });
  const send = (post: () => Promise<Attestation>) =>
    run('submit', async () => {
      await put(current());
      const sent = await post();
      forgetDraft(draftKey);
      queries.setQueryData(['attestation', id], sent);
      void queries.invalidateQueries({ queryKey: ['attestations'] });
      void queries.invalidateQueries({ queryKey: ['works'] });
      const next = sent.allowed.includes('pay') ? `/member/attestations/${id}/payment` : `/member/attestations/${id}`;
      void navigate(next, { replace: true });
    });
  /** With the price that the page shows. */
  const submit = (priceFen: number) =>
    send(() => {
      const body = { version: version.current, priceFen };
      return call('post', '/attestations/{id}/submission', { params: { id }, body });
    });
  /** An order that came back costs nothing again. */
  const resubmit = () =>
    send(() => {
      const body = { version: version.current };
      return call('post', '/attestations/{id}/resubmission', { params: { id }, body });
    });
  return { attestation, values, change, faults, autosave, busy, isSaved, save, submit, resubmit };
}

export type AttestFormState = ReturnType<typeof useAttestForm>;

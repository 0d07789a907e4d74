// SPDX-License-Identifier: Apache-2.0
// The attestation form at work: draft, saving, and on to the summary, where it is submitted.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
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
  /** On to the summary, once nothing is missing. */
  const complete = () =>
    run('submit', async () => {
      const saved = await put(current());
      await call('post', '/attestations/{id}/completeness', { params: { id }, body: {} });
      forgetDraft(draftKey);
      queries.setQueryData(['attestation', id], saved);
      void navigate(`/member/attest/${id}/summary`);
    });
  const review = attestation.state === 'RETURNED' ? attestation.review : null;
  return { attestation, review, values, change, faults, autosave, busy, isSaved, save, complete };
}

export type AttestFormState = ReturnType<typeof useAttestForm>;

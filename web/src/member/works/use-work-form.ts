// SPDX-License-Identifier: Apache-2.0
// The publish form at work: its values, its draft, and saving the whole.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { call } from '../../api/client.ts';
import type { Work } from '../../api/works.ts';
import { forgetDraft, useAutosave } from '../../kit/draft.ts';
import { useFaults } from '../../kit/form.ts';
import { type Edit, useFormValues } from '../../kit/form-values.ts';
import { todayInChina } from '../../kit/inputs.tsx';
import { placed } from '../uploads/order.ts';
import { uploadQueue, useUploads } from '../uploads/upload-queue.ts';
import { useLabelOf } from './labels.ts';
import { formOf, type WorkValues } from './work-values.ts';

export interface WorkFormOptions {
  work: Work | undefined;
  initial: WorkValues;
  draftKey: string;
}

export type WorkFormState = ReturnType<typeof useWorkForm>;

export function useWorkForm({ work, initial, draftKey }: WorkFormOptions) {
  const { values, change, current } = useFormValues(initial, (field) => faults.clear(field));
  const faults = useFaults({ prefix: 'work', labelOf: useLabelOf(), values: { today: todayInChina() } });
  const store = useWorkStore(work);
  const autosave = useAutosave({
    key: draftKey,
    values,
    id: store.id,
    // What is in the archive stays as it is until it is saved on purpose.
    save: work?.state === 'ARCHIVED' ? undefined : (draft) => store.put(draft, 'DRAFT'),
  });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isSending, setSending] = useState(false);
  const items = useUploads();
  const submit = async () => {
    setSending(true);
    await autosave.stop();
    try {
      const saved = current();
      await store.put(saved, 'ARCHIVED');
      forgetDraft(draftKey);
      for (const item of items.filter(({ owner }) => owner.startsWith(draftKey))) uploadQueue.remove(item.key);
      await queries.invalidateQueries({ queryKey: ['works'] });
      void navigate('/member/works', { state: { savedTitle: saved.title } });
    } catch (error) {
      faults.fail(error);
      autosave.restart();
      setSending(false);
    }
  };
  useArrivals({ draftKey, values, change });
  return { values, change, faults, autosave, submit, isSending };
}

/** Uploads that this form waits for join it as soon as the portal has named them, also after a look at another page. */
function useArrivals({
  draftKey,
  values,
  change,
}: {
  draftKey: string;
  values: WorkValues;
  change: (edit: Edit<WorkValues>) => void;
}): void {
  const items = useUploads();
  useEffect(() => {
    const arrived = (role: string) =>
      items.flatMap(({ owner, uploadId }) => (owner === `${draftKey}:${role}` && uploadId ? [uploadId] : []));
    const rankOf = (id: string) => items.findIndex(({ uploadId }) => uploadId === id);
    const newFiles = (files: readonly string[]) => arrived('files').filter((id) => !files.includes(id));
    const newImages = (display: WorkValues['display']) =>
      arrived('display').flatMap((id) => (display.some(({ uploadId }) => uploadId === id) ? [] : [{ uploadId: id }]));
    const cover = arrived('cover').at(-1);
    if (newFiles(values.files).length > 0) change(({ files }) => ({ files: placed(files, newFiles(files), rankOf) }));
    if (newImages(values.display).length > 0)
      change(({ display }) => ({
        display: placed(display, newImages(display), ({ uploadId }) => rankOf(uploadId)),
      }));
    if (cover && cover !== values.cover) change({ cover });
  });
}

/** The record at the portal; made by the first save, and each save knows the version of the last. */
function useWorkStore(work: Work | undefined) {
  const [id, setId] = useState(work?.id);
  const known = useRef<{ id: string; version: number } | undefined>(work);
  // Sent again when no answer came, so that one form makes one work.
  const [newId] = useState(() => crypto.randomUUID());
  const put = async (values: WorkValues, state: 'DRAFT' | 'ARCHIVED') => {
    const body = formOf(values, state);
    if (!known.current) {
      // An empty form is nothing to keep.
      if (state === 'DRAFT' && values.title === '' && values.files.length === 0) return;
      known.current = await call('post', '/works', { body: { ...body, id: newId } });
    } else {
      const { id, version } = known.current;
      known.current = await call('put', '/works/{id}', { params: { id }, body: { ...body, version } });
    }
    setId(known.current.id);
  };
  return { id, put };
}

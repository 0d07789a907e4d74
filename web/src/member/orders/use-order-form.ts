// SPDX-License-Identifier: Apache-2.0
// The long form of an order at work, whatever kind of order: its values, its draft, and saving.
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { forgetDraft, readDraft, useAutosave } from '../../kit/draft.ts';
import { useFaults } from '../../kit/form.ts';
import { useFormValues } from '../../kit/form-values.ts';
import { todayInChina } from '../../kit/inputs.tsx';

interface OrderFormOptions<Form, Order> {
  order: Order;
  kind: 'attestation' | 'registration';
  /** Of the ids of controls. */
  prefix: string;
  labelOf: (field: string, values: Form) => string;
  /** Saves the whole form as the newest version. */
  send: (body: Form & { version: number }) => Promise<Order>;
  /** A list whose entries have faults of their own, which an edit of another entry leaves. */
  listOfOwnFaults?: string;
}

export function useOrderForm<Form extends object, Order extends { id: string; version: number; form: Form }>({
  order,
  kind,
  prefix,
  labelOf,
  send,
  listOfOwnFaults,
}: OrderFormOptions<Form, Order>) {
  const { id } = order;
  const draftKey = `${kind}:${id}`;
  const { values, change, current } = useFormValues<Form>(
    () => readDraft<Form>(draftKey)?.values ?? order.form,
    (field) => field !== listOfOwnFaults && faults.clear(field),
  );
  const faults = useFaults({ prefix, labelOf: (field) => labelOf(field, values), values: { today: todayInChina() } });
  const queries = useQueryClient();
  const version = useRef(order.version);
  const put = async (form: Form) => {
    const saved = await send({ ...form, version: version.current });
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
  /** What the portal has is the whole of it: the copy of this device goes. */
  const settle = (saved: Order) => {
    forgetDraft(draftKey);
    queries.setQueryData([kind, id], saved);
  };
  const save = () =>
    run('save', async () => {
      settle(await put(current()));
      faults.clear();
      setSaved(true);
    });
  return { values, change, current, faults, autosave, busy, isSaved, run, put, settle, save, draftKey };
}

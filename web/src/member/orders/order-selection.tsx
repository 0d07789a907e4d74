// SPDX-License-Identifier: Apache-2.0
// What can be done with several orders of one kind at once: one payment, a file for a spreadsheet, and the end of drafts.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { saveAs } from '../../api/download.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { forgetDraft } from '../../kit/draft.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { formatTime } from '../../ui/format.ts';
import { beginJointPayment } from './joint-payment.ts';
import { useJointText } from './joint-text.ts';
import { usualWay } from './pay-way.tsx';

/** Those of an order that waits for its money. */
export const UNPAID: readonly string[] = ['SUBMITTED', 'AWAITING_PAYMENT'];

interface ChosenOrder {
  id: string;
  title: string;
  state: string;
}

interface OrderSelectionProps<Order extends ChosenOrder> {
  kind: 'attestation' | 'registration';
  /** Of the list, and of the file. */
  listTitle: string;
  removeDraftsLead: string;
  chosen: readonly Order[];
  /** Every order that the search finds. */
  readAll: (onRead: (count: number) => void) => Promise<readonly Order[]>;
  asCsv: (orders: readonly Order[]) => string;
  onDone: () => void;
}

export function OrderSelection<Order extends ChosenOrder>(props: OrderSelectionProps<Order>) {
  const { kind, chosen, onDone } = props;
  const text = useAttestationText();
  const joint = useJointText();
  const [isAsking, setIsAsking] = useState(false);
  const { save, count } = useExport(props);
  const drafts = chosen.filter(({ state }) => state === 'DRAFT');
  const unpaid = chosen.filter(({ state }) => UNPAID.includes(state));
  const pay = usePayTogether(kind, unpaid);
  const label = chosen.length > 0 ? fill(text.exportMany, { count: chosen.length }) : text.exportAll;
  return (
    <span className="push sticky-buttons">
      {drafts.length > 0 && (
        <Button onClick={() => setIsAsking(true)}>{fill(text.removeDrafts, { count: drafts.length })}</Button>
      )}
      {unpaid.length > 1 && (
        <Button type="primary" loading={pay.isPending} onClick={() => pay.mutate()}>
          {fill(joint.payTogether, { count: unpaid.length })}
        </Button>
      )}
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {save.isPending && count > 0 ? fill(text.exporting, { count }) : label}
      </Button>
      {pay.error && <ErrorList error={toApiError(pay.error)} />}
      {save.error && <ErrorList error={toApiError(save.error)} />}
      <DeleteDrafts
        kind={kind}
        lead={props.removeDraftsLead}
        drafts={isAsking ? drafts : []}
        onClose={() => setIsAsking(false)}
        onDone={onDone}
      />
    </span>
  );
}

/** One code for all of them. */
function usePayTogether(kind: OrderSelectionProps<ChosenOrder>['kind'], orders: readonly ChosenOrder[]) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const way = await usualWay(queries);
      return beginJointPayment(
        orders.map(({ id }) => ({ kind, id })),
        way,
      );
    },
    onSuccess: ({ id }) => navigate(`/member/joint-payments/${id}`),
  });
}

/** Of those chosen, or of all that the search finds; `count` are read so far. */
function useExport<Order extends ChosenOrder>({ listTitle, chosen, readAll, asCsv }: OrderSelectionProps<Order>) {
  const [count, setCount] = useState(0);
  const save = useMutation({
    mutationFn: async () => {
      setCount(0);
      const orders = chosen.length > 0 ? chosen : await readAll(setCount);
      const day = formatTime(new Date()).slice(0, 10);
      saveAs(new Blob([asCsv(orders)], { type: 'text/csv;charset=utf-8' }), `${listTitle}-${day}.csv`);
    },
  });
  return { save, count };
}

interface DeleteDraftsProps extends Pick<OrderSelectionProps<ChosenOrder>, 'kind' | 'onDone'> {
  lead: string;
  drafts: readonly ChosenOrder[];
  onClose: () => void;
}

function DeleteDrafts({ kind, lead, drafts, onClose, onDone }: DeleteDraftsProps) {
  const text = useAttestationText();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      for (const { id } of drafts) {
        await call('delete', kind === 'attestation' ? '/attestations/{id}' : '/registrations/{id}', { params: { id } });
        forgetDraft(`${kind}:${id}`);
      }
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: [`${kind}s`] });
      await queries.invalidateQueries({ queryKey: ['works'] });
    },
    onSuccess: () => {
      onClose();
      onDone();
    },
  });
  const names = drafts.map(({ title }) => `“${title || text.untitled}”`).join(' ');
  return (
    <Confirm
      isOpen={drafts.length > 0}
      title={text.removeTitle}
      lead={fill(lead, { names })}
      yes={text.yesRemove}
      no={text.no}
      action={remove}
      onClose={onClose}
    />
  );
}

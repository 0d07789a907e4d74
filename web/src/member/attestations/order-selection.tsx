// SPDX-License-Identifier: Apache-2.0
// What can be done with several orders at once: one payment, a file for a spreadsheet, and the end of drafts.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import type { AttestationSummary } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import { saveAs } from '../../api/download.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { forgetDraft } from '../../kit/draft.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { formatTime } from '../../ui/format.ts';
import { beginJointPayment } from '../orders/joint-payment.ts';
import { useJointText } from '../orders/joint-text.ts';
import { type OrdersQuery, ordersAsCsv, readAllOrders } from './export-orders.ts';
import { UNPAID } from './order-rows.tsx';

interface OrderSelectionProps {
  query: OrdersQuery;
  chosen: readonly AttestationSummary[];
  onDone: () => void;
}

export function OrderSelection({ query, chosen, onDone }: OrderSelectionProps) {
  const text = useAttestationText();
  const joint = useJointText();
  const [isAsking, setIsAsking] = useState(false);
  const { save, count } = useExport(query, chosen);
  const drafts = chosen.filter(({ state }) => state === 'DRAFT');
  const unpaid = chosen.filter(({ state }) => UNPAID.includes(state));
  const pay = usePayTogether(unpaid);
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
      <DeleteDrafts drafts={isAsking ? drafts : []} onClose={() => setIsAsking(false)} onDone={onDone} />
    </span>
  );
}

/** One code for all of them. */
function usePayTogether(orders: readonly AttestationSummary[]) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => beginJointPayment(orders.map(({ id }) => ({ kind: 'attestation', id }))),
    onSuccess: ({ id }) => navigate(`/member/joint-payments/${id}`),
  });
}

/** Of those chosen, or of all that the search finds; `count` are read so far. */
function useExport(query: OrdersQuery, chosen: readonly AttestationSummary[]) {
  const text = useAttestationText();
  const [count, setCount] = useState(0);
  const save = useMutation({
    mutationFn: async () => {
      setCount(0);
      const orders = chosen.length > 0 ? chosen : await readAllOrders(query, setCount);
      const day = formatTime(new Date()).slice(0, 10);
      saveAs(new Blob([ordersAsCsv(orders, text)], { type: 'text/csv;charset=utf-8' }), `${text.listTitle}-${day}.csv`);
    },
  });
  return { save, count };
}

interface DeleteDraftsProps {
  drafts: readonly AttestationSummary[];
  onClose: () => void;
  onDone: () => void;
}

function DeleteDrafts({ drafts, onClose, onDone }: DeleteDraftsProps) {
  const text = useAttestationText();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: async () => {
      for (const { id } of drafts) {
        await call('delete', '/attestations/{id}', { params: { id } });
        forgetDraft(`attestation:${id}`);
      }
    },
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['attestations'] });
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
      lead={fill(text.removeDraftsLead, { names })}
      yes={text.yesRemove}
      no={text.no}
      action={remove}
      onClose={onClose}
    />
  );
}

// SPDX-License-Identifier: Apache-2.0
import { call } from '../../api/client.ts';
import type { StaffAttestation } from '../../api/staff.ts';
import { useDecision as useDeskDecision } from '../desk/use-decision.ts';
import { useStaffText } from './i18n.ts';

export function useDecision({ id, round }: StaffAttestation, onConflict: () => unknown) {
  const { decisions } = useStaffText();
  return useDeskDecision({
    draftKey: `decision:${id}:${round}`,
    send: (decision, reasons) =>
      call('post', '/staff/attestations/{id}/decision', { params: { id }, body: { round, decision, reasons } }),
    queueKey: 'queue',
    queuePath: '/staff/attestations',
    names: decisions,
    onConflict,
  });
}

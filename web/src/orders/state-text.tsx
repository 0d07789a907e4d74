// SPDX-License-Identifier: Apache-2.0
import type { AttestationState } from '../api/attestations.ts';
import { useAttestationText } from './i18n.ts';

const WAITS_FOR_MEMBER: readonly AttestationState[] = ['SUBMITTED', 'AWAITING_PAYMENT', 'RETURNED'];

/** The one word for where an order stands; ochre where the member has to do something. */
export function StateText({ state }: { state: AttestationState }) {
  const text = useAttestationText();
  const kind = state === 'CERTIFIED' ? ' state-done' : WAITS_FOR_MEMBER.includes(state) ? ' state-act' : '';
  return <span className={`state${kind}`}>{text.states[state]}</span>;
}

// SPDX-License-Identifier: Apache-2.0
import type { AttestationState } from '../api/attestations.ts';
import type { RegistrationState } from '../api/registrations.ts';
import { useAttestationText } from './i18n.ts';
import { useRegistrationNames } from './registration-labels.ts';

const WAITS_FOR_MEMBER: readonly string[] = [
  'SUBMITTED',
  'AWAITING_PAYMENT',
  'RETURNED',
  'INITIAL_RETURNED',
  'FINAL_RETURNED',
];
const DONE: readonly string[] = ['CERTIFIED', 'REGISTERED'];

/** The one word for where an order stands; ochre where the member has to do something. */
export function StateText({ state }: { state: AttestationState }) {
  return <Word state={state} names={useAttestationText().states} />;
}

export function RegistrationStateText({ state }: { state: RegistrationState }) {
  return <Word state={state} names={useRegistrationNames().states} />;
}

function Word<State extends string>({ state, names }: { state: State; names: Readonly<Record<State, string>> }) {
  const kind = DONE.includes(state) ? ' state-done' : WAITS_FOR_MEMBER.includes(state) ? ' state-act' : '';
  return <span className={`state${kind}`}>{names[state]}</span>;
}

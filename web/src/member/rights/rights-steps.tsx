// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import type { RightsStep } from '../../api/rights-events.ts';
import { Facts } from '../../kit/section.tsx';
import { formatTime } from '../../ui/format.ts';
import { eventRows } from './event-rows.tsx';
import { type RightsText, useRightsText } from './i18n.ts';
import { ProofButton } from './proof-button.tsx';

/** The earliest first. */
export function RightsSteps({ steps }: { steps: readonly RightsStep[] }) {
  return (
    <ol className="timeline rights-steps">
      {steps.map((step) => (
        <li key={`${step.kind} ${step.event?.id ?? step.orderId} ${step.number}`}>
          <time dateTime={step.at}>{formatTime(step.at)}</time>
          <Step step={step} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step }: { step: RightsStep }) {
  const text = useRightsText();
  const { event, isFinal } = step;
  return (
    <article>
      <h3>
        {nameOf(step, text)}{' '}
        <span className={isFinal ? 'state state-done' : 'state'}>{isFinal ? text.onChain : text.onItsWay}</span>
      </h3>
      <Facts rows={event ? eventRows(event, text) : orderRows(step, text)} />
      <Links step={step} />
    </article>
  );
}

function nameOf({ kind, event, isRegistration }: RightsStep, text: RightsText): string {
  if (kind === 'REVOCATION') return isRegistration ? text.registrationRevoked : text.attestationRevoked;
  if (event?.facts?.kind === 'DISPUTE' && event.facts.status === 'SETTLED') return text.disputeSettled;
  return text.kinds[kind];
}

function orderRows({ number, registrationNumber }: RightsStep, text: RightsText): [string, string][] {
  return [
    ...(registrationNumber ? [[text.registrationNumber, registrationNumber] as [string, string]] : []),
    ...(number ? [[text.certificateNumber, number] as [string, string]] : []),
  ];
}

function Links({ step: { orderId, isRegistration, number, event } }: { step: RightsStep }) {
  const text = useRightsText();
  return (
    <p className="actions">
      {orderId && !isRegistration && <Link to={`/member/attestations/${orderId}`}>{text.goOrder}</Link>}
      {orderId && isRegistration && <Link to={`/member/registrations/${orderId}`}>{text.goRegistration}</Link>}
      {number && (
        <a href={`/v/${number}`} target="_blank" rel="noopener">
          {text.lookUp}
        </a>
      )}
      {event && number && <ProofButton id={event.id} />}
    </p>
  );
}

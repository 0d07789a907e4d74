// SPDX-License-Identifier: Apache-2.0
// 权利历史: what else is on record of the work. The portal says so: each entry with a number can be verified by itself.
import { fill } from '../../i18n/fill.ts';
import { Digits } from '../../ui/digits.tsx';
import { formatTime } from '../../ui/format.ts';
import type { LookupAnswer } from '../portal.ts';
import type { Texts } from '../texts/index.ts';

type Step = NonNullable<LookupAnswer['rightsHistory']>[number];

export function HistoryView({ answer, texts }: { answer: LookupAnswer | undefined; texts: Texts }) {
  const { history } = texts;
  const steps = answer?.rightsHistory ?? [];
  if (steps.length === 0) return null;
  return (
    <section className="block" aria-labelledby="history-title">
      <h2 id="history-title">
        {history.title} <small>{history.note}</small>
      </h2>
      <div className="sheet history">
        <ol>
          {steps.map((step) => (
            <li key={`${step.at} ${step.kind} ${step.number}`}>
              <time className="numeric" dateTime={step.at}>
                {formatTime(step.at)}
              </time>
              <div>
                <strong>{nameOf(step, texts)}</strong>
                <p>{detailOf(step, texts)}</p>
                {step.number !== null && step.number !== answer?.number && <Entry number={step.number} texts={texts} />}
              </div>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function Entry({ number, texts: { page, history } }: { number: string; texts: Texts }) {
  return (
    <p>
      <Digits number={number} texts={page} />{' '}
      <a className="no-print" href={`/v/${number}`} aria-label={`${history.verifyThis} ${number}`}>
        {history.verifyThis}
      </a>
    </p>
  );
}

function nameOf({ kind, isRegistration, facts }: Step, { history }: Texts): string {
  if (kind === 'REVOCATION') return isRegistration ? history.registrationRevoked : history.attestationRevoked;
  if (facts?.kind === 'DISPUTE' && facts.isSettled) return history.disputeSettled;
  const names = {
    ATTESTATION: history.attestation,
    REGISTRATION: history.registration,
    REISSUE: history.reissue,
    AMENDMENT: history.amendment,
    LICENCE: history.licence,
    TRANSFER: history.transfer,
    DISPUTE: history.dispute,
    OBJECTION: history.upheld,
  };
  return names[kind];
}

/** Days and rights as they were stated. */
function detailOf(step: Step, texts: Texts): string {
  const { history, record, listOf } = texts;
  const { facts, isFinal, registrationNumber, kind } = step;
  const isEvent = kind === 'LICENCE' || kind === 'TRANSFER' || kind === 'DISPUTE' || kind === 'OBJECTION';
  const parts = [
    ...(registrationNumber ? [registrationNumber] : []),
    ...(isEvent && !facts ? [history.erased] : []),
    ...(facts ? factsOf(facts, history) : []),
    ...(facts && 'rights' in facts ? [listOf(facts.rights.map((right) => record.rights[right] ?? right))] : []),
    ...(isFinal ? [] : [history.onItsWay]),
  ];
  return parts.join(history.between);
}

function factsOf(facts: NonNullable<Step['facts']>, history: Texts['history']): string[] {
  if (facts.kind === 'TRANSFER') return [fill(history.transferredOn, { day: facts.transferredOn })];
  if (facts.kind === 'DISPUTE')
    return [fill(facts.isSettled ? history.settledOn : history.raisedOn, { day: facts.on })];
  if (facts.kind === 'OBJECTION') return [fill(history.upheldOn, { day: facts.upheldOn })];
  const { exclusivity, from, to } = facts;
  const kinds = { EXCLUSIVE: history.exclusive, SOLE: history.sole, NON_EXCLUSIVE: history.nonExclusive };
  return [kinds[exclusivity], to === null ? fill(history.openPeriod, { from }) : fill(history.period, { from, to })];
}

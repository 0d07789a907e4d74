// SPDX-License-Identifier: Apache-2.0
// 证书记载: what the disclosed sections say, beside the number, the times and the status that the checks showed.
import type { WitnessFact } from '@inkseal/verifier';
import { fill } from '../../i18n/fill.ts';
import { Digits, Hex } from '../../ui/digits.tsx';
import { formatTime } from '../../ui/format.ts';
import type { LookupAnswer } from '../portal.ts';
import { recordRows, registrationNumberIn, showsFullNames } from '../record.ts';
import { isProcess } from '../said.ts';
import type { Sentences } from '../sentences.ts';
import type { Texts } from '../texts/index.ts';
import { checkOf } from '../values.ts';
import type { Verification } from '../verification.ts';
import { Fact } from './checks-view.tsx';

interface RecordProps {
  readonly verification: Verification;
  readonly answer: LookupAnswer | undefined;
  readonly sentences: Sentences;
  readonly texts: Texts;
  /** The box for the code, where the content is not shown. */
  readonly codeBox?: React.ReactNode;
}

export function RecordView({ verification, answer, sentences, texts, codeBox }: RecordProps) {
  const { page, numbers } = texts;
  const { bundle } = verification;
  if (!bundle) return null;
  const rows = recordRows(bundle, texts.record);
  // A record of the process has no code; a proof in hand has its content in it, or not.
  const erasedAt = answer?.erasedAt;
  const box = isProcess(verification) || erasedAt ? undefined : codeBox;
  const shownNote = showsFullNames(bundle) ? page.recordNoteFull : page.recordNote;
  const note = rows.length > 0 ? shownNote : box && page.recordNoteCode;
  return (
    <section className="block" aria-labelledby="record-title">
      <h2 id="record-title">
        {headingOf(verification, texts)} <small>{note}</small>
      </h2>
      <div className="sheet record">
        {rows.length > 0 ? (
          <dl className="facts">
            {rows.map(({ label, value }) => (
              <Fact key={`${label} ${value}`} name={texts.record.labels[label]}>
                {value}
              </Fact>
            ))}
          </dl>
        ) : (
          <div className="record-hidden">
            {box ?? (
              <p>{erasedAt ? fill(page.erased, { time: formatTime(erasedAt) }) : texts.unsaid.contentNotShown}</p>
            )}
          </div>
        )}
        <ProvenFacts {...{ verification, answer, sentences, texts }} bundle={bundle} />
        <TypedNote answer={answer} bundle={bundle} numbers={numbers} />
      </div>
    </section>
  );
}

type Bundle = NonNullable<Verification['bundle']>;

function headingOf(verification: Verification, { page, numbers }: Texts): string {
  if (isProcess(verification)) return page.recordOfProcess;
  return verification.bundle?.statement.kind === 'registration' ? numbers.registrationRecord : page.record;
}

/** A number that leads to the certificate by the operator's word alone. */
function TypedNote({
  answer,
  bundle,
  numbers,
}: Pick<RecordProps, 'answer'> & { bundle: Bundle; numbers: Texts['numbers'] }) {
  const order = bundle.statement.kind === 'registration' ? numbers.typedRecord : numbers.typedOrder;
  // Where the content is disclosed, the number in it was compared.
  const registration = registrationNumberIn(bundle) === undefined ? numbers.typedRegistration : undefined;
  const notes = {
    'certificate-number': undefined,
    'order-number': order,
    'document-number': numbers.typedDocument,
    'registration-number': registration,
  };
  const note = answer && notes[answer.typed];
  return note && <p className="record-note">{note}</p>;
}

/** That a record is of a change of rights, its content alone proves. */
function Kind({ verification, texts, bundle }: Pick<RecordProps, 'verification' | 'texts'> & { bundle: Bundle }) {
  const { kinds, headline, page } = texts;
  if (!verification.isRightsEvent) return kinds[bundle.statement.kind];
  return (
    <>
      {headline.rightsKind} {bundle.sections === undefined && <small>{page.stated}</small>}
    </>
  );
}

/** What the proof says, whether its content is shown or not. */
function ProvenFacts({
  verification,
  answer,
  sentences,
  texts,
  bundle,
}: Omit<RecordProps, 'codeBox'> & { bundle: Bundle }) {
  const { page } = texts;
  const { interval, witnesses = [], witnessedNoLaterThan } = verification.report.facts ?? {};
  const isRecord = isProcess(verification);
  const isRegistration = bundle.statement.kind === 'registration';
  const stated = isRegistration && registrationNumberIn(bundle) === undefined ? answer?.registration : undefined;
  return (
    <dl className="facts">
      <Fact name={isRecord ? page.processNumber : page.certificateNumber}>
        <Digits number={bundle.statement.number} texts={page} />
      </Fact>
      {stated && <StatedRegistration registration={stated} texts={texts} />}
      {answer?.certificate && (
        <Fact name={page.documentNumber}>
          <span className="numeric">{answer.certificate.documentNumber}</span>
        </Fact>
      )}
      <Fact name={isRecord ? page.processKind : page.kind}>
        <Kind {...{ verification, texts }} bundle={bundle} />
      </Fact>
      <Fact name={isRegistration ? texts.numbers.registrationReceivedAt : page.receivedAt}>
        <span className="numeric">{formatTime(bundle.statement.receivedAt)}</span> <small>{page.stated}</small>
      </Fact>
      {interval && (
        <Fact name={page.anchoredAt}>
          <span className="numeric">{formatTime(interval.anchoredAt)}</span>
        </Fact>
      )}
      {witnessedNoLaterThan !== undefined && (
        <Fact name={texts.record.witnessed}>
          <span className="numeric">{formatTime(witnessedNoLaterThan)}</span>{' '}
          {witnesses
            .flatMap((fact) => partyText(fact, texts))
            .map((party) => (
              <small key={party}>{party} </small>
            ))}
        </Fact>
      )}
      <Fact name={isRecord ? page.processStatus : page.status}>
        {fill(statusText(verification, texts), sentences.values)}
      </Fact>
      <Fact name={page.manifestDigest}>
        <Hex value={bundle.statement.sha256} texts={page} />
      </Fact>
      <Fact name={page.contract}>
        <Hex value={bundle.statement.registry.contract} texts={page} />{' '}
        <small>
          {page.chain} {bundle.statement.registry.chainId}
        </small>
      </Fact>
      {bundle.hints?.transaction !== undefined && (
        <Fact name={page.transaction}>
          <Hex value={bundle.hints.transaction} texts={page} />
        </Fact>
      )}
    </dl>
  );
}

/** Who countersigned, by the names of the trust file. */
function partyText(fact: WitnessFact, { page }: Texts): string[] {
  if (fact.kind === 'chain') return fact.time === undefined ? [] : [`${page.chain} ${fact.chainId}`];
  return fact.kind === 'rfc3161' && fact.authority ? [fact.authority.name] : [];
}

/** Without the content, the proof does not show them. */
function StatedRegistration({
  registration: { registrationNumber, registeredOn },
  texts: { page, record },
}: {
  registration: NonNullable<LookupAnswer['registration']>;
  texts: Texts;
}) {
  return (
    <>
      <Fact name={record.labels.registrationNumber}>
        <span className="numeric">{registrationNumber}</span> <small>{page.stated}</small>
      </Fact>
      <Fact name={record.labels.registeredOn}>
        <span className="numeric">{registeredOn}</span> <small>{page.stated}</small>
      </Fact>
    </>
  );
}

function statusText({ report }: Verification, { page }: Texts): string {
  const status = checkOf(report.checks, 'status');
  if (status?.outcome === 'passed') return page.statusValid;
  return status?.outcome === 'failed' && status.code === 'revoked' ? page.statusRevoked : page.statusUnknown;
}

// SPDX-License-Identifier: Apache-2.0
// What is not a verification: an entry under way, the certificates that list a file, a trouble, the empty page.
import { fill } from '../../i18n/fill.ts';
import { Digits, Hex } from '../../ui/digits.tsx';
import { useDuration } from '../../ui/duration.ts';
import { formatSize, formatTime } from '../../ui/format.ts';
import type { LookupResult } from '../look-up.ts';
import { isProcessKind } from '../said.ts';
import type { Texts } from '../texts/index.ts';
import type { LookupState, Trouble } from '../use-lookup.ts';
import { Fact } from './checks-view.tsx';
import { VerdictBanner } from './verdict-sheet.tsx';

type Stated = Extract<LookupResult, { kind: 'stated' }>;

export function StatedView({ result, texts }: { result: Stated; texts: Texts }) {
  const { page, verdicts, stated, numbers } = texts;
  const { answer, asked, askedAt, outcome } = result;
  const isOrder = answer.typed === 'order-number';
  const isRecord = isProcessKind(answer.kind);
  return (
    <article className="sheet verdict-sheet">
      <VerdictBanner
        outcome={outcome}
        title={answer.registration ? numbers.registrationPending : verdicts[outcome].title}
        lead={leadOf(result, texts)}
        caption={verdicts[outcome].caption}
        texts={texts}
        above={`${formatTime(askedAt)}${page.open}${page.beijing}${page.close}`}
        note={page.stated}
      >
        <dl className="facts">
          {answer.registration ? (
            <Fact name={texts.record.labels.registrationNumber}>
              <span className="numeric">{answer.registration.registrationNumber}</span>
            </Fact>
          ) : (
            <Fact
              name={isOrder ? texts.record.labels.orderNumber : isRecord ? page.processNumber : page.certificateNumber}
            >
              <Digits number={asked} texts={page} />
            </Fact>
          )}
          {outcome === 'pending' && answer.state !== undefined && (
            <Fact name={stated.step}>{stated.steps[answer.state] ?? answer.state}</Fact>
          )}
          {typeof answer.receivedAt === 'string' && (
            <Fact name={stated.receivedAt}>
              <span className="numeric">{formatTime(answer.receivedAt)}</span>
            </Fact>
          )}
        </dl>
      </VerdictBanner>
    </article>
  );
}

function leadOf({ answer, outcome }: Stated, { stated, numbers }: Texts): string[] {
  if (answer.registration) return [numbers.registrationPendingLead];
  return answer.typed === 'order-number' ? [stated.lead[outcome], stated.typedOrder] : [stated.entryLead];
}

interface MatchesProps {
  readonly result: Extract<LookupResult, { kind: 'matches' }>;
  readonly texts: Texts;
  readonly onNumber: (number: string) => void;
}

export function MatchesView({ result, texts: { page }, onNumber }: MatchesProps) {
  const { matches, file } = result;
  return (
    <article className="sheet plain-sheet">
      <div role="status">
        <h1>{matches.length > 0 ? fill(page.matchesTitle, { n: matches.length }) : page.matchesNone}</h1>
        <p className="lead">{matches.length > 0 ? page.matchesNote : page.matchesNoneNote}</p>
      </div>
      {matches.length > 0 && (
        <ul className="matches">
          {matches.map(({ number, receivedAt }) => (
            <li key={number}>
              <Digits number={number} texts={page} />
              <span className="muted numeric">
                {page.receivedAt} {formatTime(receivedAt)}
              </span>
              <button type="button" className="button" onClick={() => onNumber(number)}>
                {page.verifyThis}
              </button>
            </li>
          ))}
        </ul>
      )}
      <dl className="facts">
        <Fact name="SHA-256">
          <Hex value={file.sha256} texts={page} />
        </Fact>
        {file.sm3 !== undefined && (
          <Fact name="SM3">
            <Hex value={file.sm3} texts={page} />
          </Fact>
        )}
      </dl>
    </article>
  );
}

/** Neither another file nor another try does. */
const saysWhatHelps = (code: Trouble['code']): boolean => code === 'number-burned' || code.startsWith('share-link');

export function TroubleView({ trouble, texts }: { trouble: Trouble; texts: Texts }) {
  const { verdicts, page } = texts;
  const duration = useDuration();
  const { code, retryAfterSeconds: wait } = trouble;
  const when = wait === undefined ? page.waitAWhile : fill(page.waitFor, { time: duration(wait) });
  return (
    <article className="sheet verdict-sheet">
      <VerdictBanner
        outcome="undecided"
        title={verdicts.undecided.title}
        lead={[fill(texts.trouble[code], { when }), ...(saysWhatHelps(code) ? [] : [page.undecidedNext])]}
        caption={verdicts.undecided.caption}
        texts={texts}
        above={`${formatTime(new Date())}${page.open}${page.beijing}${page.close}`}
        note=""
      >
        {trouble.requestId !== undefined && (
          <p className="muted">
            {page.requestId} {trouble.requestId}
          </p>
        )}
      </VerdictBanner>
    </article>
  );
}

/** The layout is kept while something is under way; the grey bars come late, so that a quick answer does not flicker. */
export function WorkingView({
  state,
  texts: { page },
  onCancel,
}: {
  state: LookupState;
  texts: Texts;
  onCancel: () => void;
}) {
  const { hashing } = state;
  if (!hashing) {
    return (
      <article className="sheet plain-sheet working" aria-busy="true">
        <h1 className="visually-hidden">{page.working}</h1>
        <p className="bars" aria-hidden="true">
          <i />
          <i />
          <i />
        </p>
        <p className="working-words" role="status">
          {page.waiting}
        </p>
      </article>
    );
  }
  const { done, total, bytesPerSecond } = hashing.progress;
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  return (
    <article className="sheet plain-sheet" aria-busy="true">
      <h1 className="visually-hidden">{page.working}</h1>
      <p>
        <b>{page.hashing}</b> {hashing.name}
      </p>
      <progress max={100} value={percent} aria-label={page.hashing} />
      <p className="muted numeric hashing-figures">
        <span>
          {formatSize(done)} / {formatSize(total)}
        </span>
        <span>{fill(page.speed, { speed: formatSize(bytesPerSecond) })}</span>
        <button type="button" className="link" onClick={onCancel}>
          {page.cancel}
        </button>
      </p>
    </article>
  );
}

// SPDX-License-Identifier: Apache-2.0
// The public look-up page: a number or a file in, a verification made in this browser out.
import { useEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/language.ts';
import { cleaningNote, cleaningTexts, cleanNumber, SPACES } from '../../ui/clean.ts';
import { type Cleaning, useCleaning } from '../../ui/cleaning.ts';
import { numberGroups } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { type AskedFor, followAddress, takeAddress } from '../address.ts';
import { lookUpFile, lookUpNumber, lookUpProof, lookUpReceipt, lookUpShared, readCode } from '../look-up.ts';
import { readAsked, readNumber } from '../read-number.ts';
import { lookupTexts, type Texts } from '../texts/index.ts';
import { troubleOf } from '../trouble.ts';
import { isNothingGiven } from '../trust.ts';
import { type Lookup, type Subject, type Trouble, useLookup } from '../use-lookup.ts';
import { EarlierView } from './earlier-view.tsx';
import { FileBox } from './file-box.tsx';
import { MatchesView, StatedView, TroubleView, WorkingView } from './other-results.tsx';
import { ReceiptResult } from './receipt-result.tsx';
import { ResultView } from './result-view.tsx';
import { TrustFiles } from './trust-files.tsx';
import '../lookup.css';
import { Main } from '../../ui/skip-link.tsx';

const makeWorker = () => new Worker(new URL('../digest.worker.ts', import.meta.url), { type: 'module' });

/** `files`: what was dropped on the page before. */
export function LookupPage({ files }: { files: readonly File[] }) {
  const texts = useText(lookupTexts);
  const [asked] = useState(takeAddress);
  const [typed, setTyped] = useState(grouped(numberIn(asked)));
  /** What was looked up, before it was cleaned. */
  const [given, setGiven] = useState(numberIn(asked));
  const lookup = useLookup({ makeWorker, run, troubleOf });
  const [code, setCode] = useState('');
  const codeField = { code, onCode: setCode, ...useCleaning({ as: 'number', value: code, onChange: setCode }) };
  const isStarted = useRef(false);

  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    if (asked) lookAsked(lookup, asked);
    lookup.takeFiles(files);
  });

  const look = (number: string, code?: string) => {
    setTyped(grouped(number));
    setGiven(number);
    if (code === undefined) setCode('');
    lookNumber(lookup, number, code);
  };
  useEffect(() =>
    followAddress((next) => {
      if (next.kind === 'number') return look(next.number, next.code);
      setTyped('');
      setGiven('');
      lookAsked(lookup, next);
    }),
  );
  const { state } = lookup;
  return (
    <Main className="lookup">
      <LookupForm {...{ typed, given, lookup, texts }} onTyped={setTyped} onLook={look} />
      {state.subject?.kind === 'shared' && state.result && <p className="shared-note">{texts.history.shared}</p>}
      <Outcome {...{ lookup, texts, codeField }} onLook={look} />
      {!state.subject && !state.trouble && !state.hashing && <EmptyView texts={texts} />}
      {!state.result && !isNothingGiven(state.trusts) && (
        <div className="sheet trust-sheet">
          <TrustFiles given={state.trusts} texts={texts} onRemove={lookup.removeTrust} />
        </div>
      )}
    </Main>
  );
}

/** What was typed is not a number, or one that was never given: said beside the box, and no verdict. */
const AT_FIELD: readonly Trouble['code'][] = [
  'number-malformed',
  'number-needed',
  'document-unknown',
  'registration-unknown',
];
const isAtField = ({ code }: Trouble): boolean => AT_FIELD.includes(code);

/** A certificate number as it is printed; anything else as it was typed. */
function grouped(typed: string): string {
  const number = readNumber(typed);
  return number && /^\d{18}$/.test(number) ? numberGroups(number).join(' ') : typed;
}

const numberIn = (asked: AskedFor | undefined): string => (asked?.kind === 'number' ? asked.number : '');

function lookAsked(lookup: Lookup, asked: AskedFor): void {
  if (asked.kind === 'number') lookNumber(lookup, asked.number, asked.code);
  else if (asked.token === undefined) lookup.fail('share-link-unknown');
  else lookup.look({ kind: 'shared', token: asked.token });
}

/** The address names the number, never the code; the code stays with this entry of the browser's history. */
function lookNumber(lookup: Lookup, typed: string, code: string | undefined): void {
  const number = readAsked(typed);
  if (number === undefined) {
    lookup.fail(typed.trim() === '' ? 'number-needed' : 'number-malformed');
    return;
  }
  window.history.replaceState({ code }, '', `/v/${encodeURIComponent(number)}${window.location.search}`);
  lookup.look({ kind: 'number', number, code });
}

async function run(subject: Subject, given: Parameters<typeof lookUpNumber>[2]) {
  if (subject.kind === 'number') return lookUpNumber(subject.number, subject.code, given);
  if (subject.kind === 'shared') return lookUpShared(subject.token, given);
  if (subject.kind === 'proof') return lookUpProof(subject.bytes, subject, given);
  if (subject.kind === 'receipt') return lookUpReceipt(subject, given);
  const [file] = given.files;
  if (!file) throw new RangeError('no file to look up');
  return lookUpFile(file);
}

interface FormProps {
  readonly typed: string;
  readonly given: string;
  readonly onTyped: (typed: string) => void;
  readonly onLook: (number: string, code?: string) => void;
  readonly lookup: Lookup;
  readonly texts: Texts;
}

function LookupForm({ typed, given, onTyped, onLook, lookup, texts }: FormProps) {
  const { page } = texts;
  const { subject, files, trouble } = lookup.state;
  const fault = trouble && isAtField(trouble) ? texts.trouble[trouble.code] : undefined;
  const note = useCleaningNote(typed === grouped(given) ? given : '');
  const chosen =
    subject?.kind === 'proof' || subject?.kind === 'receipt'
      ? { name: subject.name, size: subject.size }
      : files.at(0)?.file;
  return (
    <form
      className="lookup-form no-print"
      onSubmit={(event) => {
        event.preventDefault();
        // The same number keeps the code that came with it.
        const isSame = subject?.kind === 'number' && subject.number === readAsked(typed);
        onLook(typed, isSame ? subject.code : undefined);
      }}
    >
      <div className="field number-field">
        <label htmlFor="number">{page.number}</label>
        <div className="with-button">
          <input
            id="number"
            className="numeric"
            autoComplete="off"
            autoCapitalize="characters"
            aria-invalid={fault !== undefined}
            aria-describedby={fault ? 'number-fault' : 'number-note'}
            placeholder={page.numberHint}
            value={typed}
            onChange={(event) => onTyped(event.target.value)}
          />
          <button type="submit" className="button primary">
            {page.look}
          </button>
        </div>
        {fault && (
          <p className="hint is-failed" id="number-fault" role="alert">
            {fault}
          </p>
        )}
        <p className={note && !fault ? 'hint' : 'visually-hidden'} id="number-note" role="status">
          {note}
        </p>
      </div>
      <span className="or">{page.or}</span>
      <FileBox
        id="file"
        label={page.file}
        texts={texts}
        chosen={chosen}
        isMany
        onFiles={(list) => lookup.takeFiles(list)}
      />
      <p className="privacy">
        <Icon name="lock" /> {page.privacy}
      </p>
    </form>
  );
}

/** Not of spaces: the page itself shows numbers in groups. */
function useCleaningNote(given: string): string | undefined {
  const text = useText(cleaningTexts);
  const bare = given.replace(SPACES, '');
  return readNumber(given) === undefined ? undefined : cleaningNote(bare, cleanNumber(bare), text);
}

interface OutcomeProps extends Pick<FormProps, 'lookup' | 'texts' | 'onLook'> {
  readonly codeField: CodeField;
}

function Outcome({ lookup, texts, onLook, codeField }: OutcomeProps) {
  const { state } = lookup;
  const { result, trouble, subject } = state;
  if (state.hashing || (state.isAsking && !result)) {
    return <WorkingView state={state} texts={texts} onCancel={lookup.cancel} />;
  }
  if (trouble && isAtField(trouble)) return <EmptyView texts={texts} />;
  if (trouble) return <TroubleView trouble={trouble} texts={texts} />;
  if (!result) return null;
  if (result.kind === 'stated') return <StatedView result={result} texts={texts} />;
  if (result.kind === 'earlier') return <EarlierView result={result} texts={texts} />;
  if (result.kind === 'receipt')
    return <ReceiptResult judgement={result.judgement} texts={texts} onRemoveTrust={lookup.removeTrust} />;
  if (result.kind === 'matches') return <MatchesView result={result} texts={texts} onNumber={onLook} />;
  return (
    <ResultView
      verification={result.verification}
      answer={result.answer}
      texts={texts}
      onFiles={lookup.takeFiles}
      onRemoveTrust={lookup.removeTrust}
      codeBox={
        subject?.kind === 'number' && (
          <CodeBox
            texts={texts}
            isWrong={result.isCodeWrong === true}
            field={codeField}
            onApply={(code) => onLook(subject.number, code)}
          />
        )
      }
      verifierUrl="/verify.html"
    />
  );
}

interface CodeBoxProps {
  readonly texts: Texts;
  readonly isWrong: boolean;
  readonly field: CodeField;
  readonly onApply: (code: string | undefined) => void;
}

/** What was typed as a code. It belongs to the page: the box is gone while the code is looked up. */
interface CodeField extends Cleaning {
  readonly code: string;
  readonly onCode: (code: string) => void;
}

function CodeBox({ texts: { page, trouble }, isWrong, field, onApply }: CodeBoxProps) {
  const { code, onCode, onBlur, note } = field;
  return (
    <form
      className="field code-box"
      onSubmit={(event) => {
        event.preventDefault();
        onBlur();
        onApply(readCode(code));
      }}
    >
      <label htmlFor="code">{page.code}</label>
      <div className="with-button">
        <input
          id="code"
          className="numeric"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          aria-describedby="code-hint code-note"
          aria-invalid={isWrong}
          value={code}
          onBlur={onBlur}
          onChange={(event) => onCode(event.target.value)}
        />
        <button type="submit" className="button">
          {page.codeApply}
        </button>
      </div>
      <p className={isWrong ? 'hint is-failed' : 'hint'} id="code-hint">
        {isWrong ? trouble['lookup-code-invalid'] : page.codeHint}
      </p>
      <p className={note ? 'hint' : 'visually-hidden'} id="code-note" role="status">
        {note}
      </p>
    </form>
  );
}

function EmptyView({ texts: { page } }: { texts: Texts }) {
  return (
    <article className="sheet plain-sheet empty">
      <h1>{page.emptyTitle}</h1>
      <p className="lead">{page.emptyLead}</p>
      <p className="muted">{page.emptyFile}</p>
    </article>
  );
}

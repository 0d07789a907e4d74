// SPDX-License-Identifier: Apache-2.0
// A verification from its verdict down to whom it trusts.
import { BUNDLE_MEDIA_TYPE } from '@inkseal/verifier';
import { fill } from '../../i18n/fill.ts';
import { formatTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import type { LookupAnswer } from '../portal.ts';
import { sentencesOf } from '../sentences.ts';
import type { Texts } from '../texts/index.ts';
import type { NamedBytes } from '../trust.ts';
import type { Verification } from '../verification.ts';
import { ChecksView } from './checks-view.tsx';
import { FilesView } from './files-view.tsx';
import { HistoryView } from './history-view.tsx';
import { PackageView } from './package-view.tsx';
import { PrintFooter } from './print-footer.tsx';
import { RecordView } from './record-view.tsx';
import { saveBytes, TrustView } from './trust-view.tsx';
import { VerdictSheet } from './verdict-sheet.tsx';

export interface ResultProps {
  readonly verification: Verification;
  readonly answer?: LookupAnswer | undefined;
  readonly texts: Texts;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onRemoveTrust: (given: NamedBytes) => void;
  readonly codeBox?: React.ReactNode;
  /** Where the one-file verifier can be had; not from within itself. */
  readonly verifierUrl?: string;
}

export function ResultView(props: ResultProps) {
  const { verification, answer, texts, onFiles, onRemoveTrust, codeBox, verifierUrl } = props;
  const sentences = sentencesOf(verification, texts);
  const { outcome, report } = verification;
  const isFailure = outcome === 'file-differs' || outcome === 'failed';
  const record = (
    <>
      <RecordView verification={verification} answer={answer} sentences={sentences} texts={texts} codeBox={codeBox} />
      <HistoryView answer={answer} texts={texts} />
      <FilesView verification={verification} texts={texts} />
      <PackageView verification={verification} texts={texts} />
    </>
  );
  const checks = !report.error && <ChecksView texts={texts} sentences={sentences} verification={verification} />;
  const actions = <Actions {...{ verification, texts, onFiles, verifierUrl }} />;
  return (
    <div className="result">
      <VerdictSheet verification={verification} sentences={sentences} texts={texts} />
      <Superseded answer={answer} texts={texts} />
      <Objections answer={answer} texts={texts} />
      {isFailure && actions}
      {isFailure ? (
        <>
          {checks}
          {record}
        </>
      ) : (
        <>
          {record}
          {checks}
        </>
      )}
      <TrustView verification={verification} texts={texts} onTrust={onFiles} onRemove={onRemoveTrust} />
      {!isFailure && actions}
      <PrintFooter title={sentences.title} checkedAt={verification.checkedAt} />
      <p className="print-only print-source">
        {texts.page.printedFrom} {window.location.origin + window.location.pathname}
      </p>
    </div>
  );
}

/** As the portal says: no proof can know of what came later. */
function Superseded({ answer, texts: { history } }: Pick<ResultProps, 'answer' | 'texts'>) {
  if (!answer?.superseded) return null;
  const { at, by } = answer.superseded;
  return (
    <p className="superseded-note" role="note">
      {fill(history.superseded, { at: formatTime(at) })} <a href={`/v/${by}`}>{history.newVersion}</a>
    </p>
  );
}

/** As the portal says, without names and words; and the way to object. */
function Objections({ answer, texts: { history } }: Pick<ResultProps, 'answer' | 'texts'>) {
  if (!answer?.number || (answer.kind !== 'attestation' && answer.kind !== 'registration')) return null;
  const { number, objections = [] } = answer;
  return (
    <div className="objections-note">
      {objections.length > 0 && (
        <ul>
          {objections.map(({ state, filedAt }) => (
            <li key={filedAt}>{fill(history[STATED[state]], { at: formatTime(filedAt) })}</li>
          ))}
        </ul>
      )}
      <a className="no-print" href={`/member/objections/new?number=${number}`}>
        {history.object}
      </a>
    </div>
  );
}

const STATED = {
  OPEN: 'objectionOpen',
  ANSWERED: 'objectionAnswered',
  UPHELD: 'objectionUpheld',
  DISMISSED: 'objectionDismissed',
} as const;

type ActionsProps = Pick<ResultProps, 'verification' | 'texts' | 'onFiles'> & { verifierUrl: string | undefined };

function Actions({ verification, texts: { page }, onFiles, verifierUrl }: ActionsProps) {
  const { outcome, proof, bundle } = verification;
  const isDifferent = outcome === 'file-differs';
  const name = `${bundle?.statement.number ?? 'proof'}.proof.json`;
  return (
    <div className="actions no-print">
      {isDifferent && (
        <label className="button primary file-label">
          <Icon name="file" /> {page.another}
          <input type="file" onChange={(event) => onFiles([...(event.target.files ?? [])])} />
        </label>
      )}
      {!isDifferent && (
        <button type="button" className="button primary" onClick={() => saveBytes(proof, name, BUNDLE_MEDIA_TYPE)}>
          <Icon name="down" /> {page.downloadBundle}
        </button>
      )}
      <button type="button" className="button" onClick={() => window.print()}>
        <Icon name="print" /> {page.print}
      </button>
      {verifierUrl !== undefined && !isDifferent && (
        <a className="button" href={verifierUrl} download>
          <Icon name="file" /> {page.downloadVerifier}
        </a>
      )}
      <span className="muted">{isDifferent ? page.anotherNote : page.actionsNote}</span>
    </div>
  );
}

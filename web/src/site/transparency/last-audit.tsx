// SPDX-License-Identifier: Apache-2.0
// The newest audit whose report was published, in the words of the program that made it. A report names files, and so do its
// faults: here are only their codes and how many there are; the file has the rest.
import { AUDIT_MEDIA_TYPE, type AuditLines, type AuditReport, auditLines } from '@inkseal/verifier/audit';
import { useLanguage } from '../../i18n/language.ts';
import { Hex } from '../../ui/digits.tsx';
import { formatCount, formatTime } from '../../ui/format.ts';
import { type PublishedAudit, shareOf, TableHead } from './parts.tsx';
import { useTransparencyWords } from './words.ts';

export function LastAudit({ audit }: { audit: PublishedAudit | null }) {
  const { lastAudit: words } = useTransparencyWords();
  return (
    <section id={audit ? `audit-${audit.sha256}` : undefined}>
      <h2>{words.title}</h2>
      {audit ? <Published audit={audit} /> : <p>{words.none}</p>}
    </section>
  );
}

function Published({ audit }: { audit: PublishedAudit }) {
  const { lastAudit: words } = useTransparencyWords();
  const lines = auditLines(reportOf(audit), useLanguage());
  const { sentences, facts, judged } = lines;
  const { sample, run, publishedAt } = audit;
  const share = sample && shareOf(sample.size, audit.chain);
  return (
    <>
      {audit.isOld && (
        <p className="transparency-note" role="note">
          {words.old(formatTime(run.endedAt))}
        </p>
      )}
      <p>
        <b className={audit.verdict === 'sound' ? 'has-signed' : 'transparency-faulty'}>
          {sentences.verdicts[audit.verdict]}
        </b>
      </p>
      <dl className="transparency-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {share && name === sentences.labels.scope && words.share(share)}
            </dd>
          </div>
        ))}
      </dl>
      <h3>{sentences.labels.judged}</h3>
      <Counts columns={words.judgedColumns} rows={judged.map(([name, count]) => [name, count])} />
      <h3>{sentences.labels.findings}</h3>
      <Findings lines={lines} />
      <p className="muted">{words.origin}</p>
      <p>
        {words.published(formatTime(publishedAt))}
        <a href={`/api/v1/transparency/audit-reports/${audit.sha256}`} download>
          {words.file}
        </a>
        {words.digest}
        <Hex value={audit.sha256} texts={useTransparencyWords().copy} />
      </p>
    </>
  );
}

function Findings({ lines: { sentences, findings } }: { lines: AuditLines }) {
  const { lastAudit: words } = useTransparencyWords();
  if (findings.length === 0) return <p>{sentences.labels.none}</p>;
  const rows = findings.map(({ sentence, code, count }) => [`${sentence} (${code})`, count] as const);
  return <Counts columns={words.findingColumns} rows={rows} />;
}

interface CountsProps {
  columns: readonly string[];
  rows: readonly (readonly [name: string, count: number])[];
}

function Counts({ columns, rows }: CountsProps) {
  return (
    <table className="transparency-table transparency-counts">
      <TableHead columns={columns} />
      <tbody>
        {rows.map(([name, count]) => (
          <tr key={name}>
            <td>{name}</td>
            <td>{formatCount(count)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function reportOf({ sample, ...audit }: PublishedAudit): AuditReport {
  return {
    ...audit,
    ...(sample && { sample }),
    mediaType: AUDIT_MEDIA_TYPE,
    exitCode: audit.verdict === 'sound' ? 0 : 1,
    listed: [],
  };
}

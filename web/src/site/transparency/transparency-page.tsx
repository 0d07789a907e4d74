// SPDX-License-Identifier: Apache-2.0
// 存证公示: what the registry is doing, for anybody, each figure with the proof or file behind it.
import type { ReactNode } from 'react';
import type { components } from '../../api/schema.gen.ts';
import { BarChart } from '../../ui/bar-chart.tsx';
import { formatCount, formatTime } from '../../ui/format.ts';
import { useSiteTitle } from '../../ui/site-facts.ts';
import { Main } from '../../ui/skip-link.tsx';
import { Floating, SiteFooter, SiteHeader } from '../frame.tsx';
import { askPortal } from '../public-portal.ts';
import { Failure, Loading } from '../works/states.tsx';
import { useAnswer } from '../works/use-answer.ts';
import { LastAudit } from './last-audit.tsx';
import { TableHead } from './parts.tsx';
import { RegistrySections } from './registry-sections.tsx';
import { useTransparencyWords } from './words.ts';
import '../site.css';
import '../works/works.css';
import './transparency.css';

type Transparency = components['schemas']['Transparency'];

export function TransparencyPage() {
  const words = useTransparencyWords();
  useSiteTitle(words.title);
  const { answer, error, retry } = useAnswer('transparency', readTransparency);
  return (
    <>
      <SiteHeader current={undefined} />
      <Main className="column content-page transparency-page">
        <h1>{words.title}</h1>
        <div className="double-rule" />
        <p className="lead">{words.lead}</p>
        {error && <Failure error={error} onRetry={retry} />}
        {!error && !answer && <Loading text={words.loading} />}
        {answer && <Answer answer={answer} />}
      </Main>
      <Floating />
      <SiteFooter />
    </>
  );
}

function Answer({ answer }: { answer: Transparency }) {
  const words = useTransparencyWords();
  return (
    <>
      <p className="muted">{words.asOf(formatTime(answer.at))}</p>
      <Overview {...answer} />
      <PerDay days={answer.certificates.perDay} />
      {answer.registry ? (
        <RegistrySections registry={answer.registry} />
      ) : (
        <p className="works-failure" role="status">
          {words.away}
        </p>
      )}
      <LastAudit audit={answer.lastAudit} />
      <AuditLog audit={answer.audit} />
      <Files />
    </>
  );
}

function Overview({ certificates, registry }: Transparency) {
  const { names, ...words } = useTransparencyWords();
  const seconds = (ms: number | undefined) => (ms === undefined ? words.none : words.seconds((ms / 1_000).toFixed(1)));
  const tiles: [name: string, value: string, note?: string][] = [
    [names.issued, formatCount(certificates.issued)],
    [names.revoked, formatCount(certificates.revoked)],
  ];
  if (registry) {
    const { batches, entries, finality } = registry;
    tiles.push(
      [names.entries, formatCount(entries)],
      [names.batches, formatCount(batches.total), words.finalOf(formatCount(batches.final))],
      [names.typical, seconds(finality?.p50Ms)],
      [names.slowest, seconds(finality?.p99Ms)],
    );
  }
  return (
    <section aria-label={words.figures}>
      <dl className="transparency-tiles">
        {tiles.map(([name, value, note]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {value}
              {note && <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function PerDay({ days }: { days: Transparency['certificates']['perDay'] }) {
  const words = useTransparencyWords();
  const series = [
    { name: words.attestations, values: days.map(({ attestations }) => attestations) },
    { name: words.registrations, values: days.map(({ registrations }) => registrations) },
  ];
  return (
    <section aria-label={words.perDay}>
      <BarChart title={words.perDay} labels={days.map(({ day }) => day.slice(5))} series={series} />
      <details>
        <summary>{words.asTable}</summary>
        <table className="transparency-table">
          <TableHead columns={[words.day, words.attestations, words.registrations]} />
          <tbody>
            {days.map(({ day, attestations, registrations }) => (
              <tr key={day}>
                <td>{day}</td>
                <td>{formatCount(attestations)}</td>
                <td>{formatCount(registrations)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

function AuditLog({ audit }: Pick<Transparency, 'audit'>) {
  const words = useTransparencyWords();
  const say = (): ReactNode => {
    if (!audit) return words.notChecked;
    const facts = [formatCount(audit.rows), formatTime(audit.checkedAt)] as const;
    return audit.isWhole ? words.whole(...facts) : <b>{words.broken(...facts)}</b>;
  };
  return (
    <section>
      <h2>{words.audit}</h2>
      <p>{say()}</p>
      {audit?.head && (
        <p>
          {words.head(audit.head.day)}
          <a href="/api/v1/transparency/audit-head/proof" download>
            {words.headProof}
          </a>
        </p>
      )}
    </section>
  );
}

function Files() {
  const words = useTransparencyWords();
  return (
    <section className="no-print">
      <h2>{words.files}</h2>
      <p className="transparency-files">
        <a href="/api/v1/lookup/trust" download="trust.json">
          {words.trust}
        </a>
        <a href="/verify.html">{words.verifier}</a>
        <a href={words.guideAddress}>{words.guide}</a>
        <span>
          {words.feeds}{' '}
          <a href="/api/v1/transparency/rss" lang="en">
            RSS
          </a>{' '}
          <a href="/api/v1/transparency/feed" lang="en">
            JSON Feed
          </a>
        </span>
      </p>
    </section>
  );
}

async function readTransparency(): Promise<Transparency> {
  return (await askPortal('/transparency')).json();
}

// SPDX-License-Identifier: Apache-2.0
// 证据包内容: every entry of the package beside its proof, and how it stands to the proof.
import type { PackageEntryFact } from '@inkseal/verifier';
import { shortName } from '../../ui/format.ts';
import { Mark } from '../../ui/mark.tsx';
import type { Texts } from '../texts/index.ts';
import type { PackageTexts } from '../texts/package.zh.ts';
import type { Verification } from '../verification.ts';

const MARKS = { match: 'passed', mismatch: 'failed', 'not-compared': 'not-run' } as const;

export function PackageView({ verification, texts }: { verification: Verification; texts: Texts }) {
  const { parts } = texts;
  const entries = verification.report.facts?.package ?? [];
  if (entries.length === 0) return null;
  return (
    <section className="block" aria-labelledby="package-title">
      <h2 id="package-title">
        {parts.title} <small>{parts.note}</small>
      </h2>
      <div className="sheet package">
        <ul>
          {entries.map((entry) => (
            <li key={`${entry.name} ${entry.role} ${entry.outcome}`}>
              <span className="file-name" title={entry.name}>
                {shortName(entry.name, 60)}
              </span>
              <span className={`file-result is-${MARKS[entry.outcome]}`}>
                <Mark kind={MARKS[entry.outcome]} /> {sentenceOf(entry, parts)}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function sentenceOf({ role, outcome }: PackageEntryFact, parts: PackageTexts): string {
  if (outcome === 'mismatch') return role === 'listed' ? parts.altered : parts.other;
  return parts[role];
}

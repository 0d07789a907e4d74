// SPDX-License-Identifier: Apache-2.0
// 历史证书: what an operator imported of another system's certificate. No check was made, and no stamp is shown.
import { fill } from '../../i18n/fill.ts';
import { formatTime } from '../../ui/format.ts';
import type { LookupResult } from '../look-up.ts';
import type { Texts } from '../texts/index.ts';
import { Fact } from './checks-view.tsx';
import { VerdictBanner } from './verdict-sheet.tsx';

interface EarlierProps {
  readonly result: Extract<LookupResult, { kind: 'earlier' }>;
  readonly texts: Texts;
}

export function EarlierView({ result: { certificate, askedAt }, texts }: EarlierProps) {
  const { page, earlier, verdicts } = texts;
  const { number, source, issuedOn, importedOn } = certificate;
  const { title, caption } = verdicts['earlier-certificate'];
  return (
    <article className="sheet verdict-sheet">
      <VerdictBanner
        outcome="earlier-certificate"
        title={title}
        lead={[fill(earlier.lead, { source, issuedOn }), earlier.hidden]}
        caption={caption}
        texts={texts}
        above={`${formatTime(askedAt)}${page.open}${page.beijing}${page.close}`}
        note={earlier.note}
      >
        <dl className="facts">
          <Fact name={earlier.number}>{number}</Fact>
          <Fact name={earlier.source}>{source}</Fact>
          <Fact name={earlier.issuedOn}>
            <span className="numeric">{issuedOn}</span>
          </Fact>
          <Fact name={earlier.importedOn}>
            <span className="numeric">{importedOn}</span>
          </Fact>
        </dl>
      </VerdictBanner>
    </article>
  );
}

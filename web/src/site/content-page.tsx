// SPDX-License-Identifier: Apache-2.0
// The pages whose words belong to the program: how to read a result, the cart, and the page for addresses that lead nowhere.
import type { ReactNode } from 'react';
import { useText } from '../i18n/language.ts';
import { siteTexts } from './frame.tsx';
import { PageFrame } from './page-frame.tsx';
import { VerifierDownloads } from './verifier-downloads.tsx';

export function MissingPage() {
  const text = useText(siteTexts);
  return (
    <PageFrame title={text.missingTitle}>
      <p className="lead">{text.missingLead}</p>
    </PageFrame>
  );
}

export function CartPage() {
  const text = useText(siteTexts);
  return (
    <PageFrame slug="cart" title={text.titles.cart}>
      <Words {...text.cart} />
      <p>
        <a href="/works">{text.browseWorks}</a>
      </p>
    </PageFrame>
  );
}

export function ReadingResultsPage() {
  const text = useText(siteTexts);
  return (
    <PageFrame slug="reading-results" title={text.titles['reading-results']}>
      <Words {...text.readingResults}>
        <VerifierDownloads />
      </Words>
    </PageFrame>
  );
}

function Words({ lead, more, children }: { lead: string; more: readonly string[]; children?: ReactNode }) {
  return (
    <>
      <p className="lead">{lead}</p>
      {more.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {children}
    </>
  );
}

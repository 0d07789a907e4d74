// SPDX-License-Identifier: Apache-2.0
// Three boxes: the proof, the originals, the trust file. Whatever is put into one is verified at once.
import { useEffect } from 'react';
import { fill } from '../i18n/fill.ts';
import { useLanguage } from '../i18n/language.ts';
import DigestWorker from '../lookup/digest.worker.ts?worker&inline';
import type { Given, LookupResult } from '../lookup/look-up.ts';
import { lookupTexts } from '../lookup/texts/index.ts';
import { troubleOf } from '../lookup/trouble.ts';
import { visitorTrust } from '../lookup/trust.ts';
import { type Subject, useLookup } from '../lookup/use-lookup.ts';
import { verifyProof } from '../lookup/verification.ts';
import { FileBox } from '../lookup/views/file-box.tsx';
import { TroubleView, WorkingView } from '../lookup/views/other-results.tsx';
import { ReceiptResult } from '../lookup/views/receipt-result.tsx';
import { ResultView } from '../lookup/views/result-view.tsx';
import { TrustFiles } from '../lookup/views/trust-files.tsx';
import { Icon } from '../ui/icon.tsx';
import { LanguageSwitch } from '../ui/language-switch.tsx';
import logoUrl from '../ui/logo.svg';
import { SkipLink } from '../ui/skip-link.tsx';

export function OfflinePage() {
  const texts = lookupTexts[useLanguage()];
  const { page } = texts;
  const { state, takeFiles, removeTrust, cancel } = useLookup({ makeWorker: () => new DigestWorker(), run, troubleOf });
  const { subject, files, trusts, result, trouble, hashing } = state;
  const trust = trusts.files.at(-1);
  useEffect(() => {
    document.title = page.offlineTitle;
  }, [page]);
  return (
    <main className="lookup">
      <OfflineHead />
      <div className="sheet offline-form no-print" id="main" tabIndex={-1}>
        {!result && !trouble && <h1>{page.offlineTitle}</h1>}
        <p>{page.offlineLead}</p>
        <div className="three-boxes">
          <FileBox
            id="proof"
            label={page.proof}
            texts={texts}
            chosen={
              subject?.kind === 'proof' || subject?.kind === 'receipt'
                ? { name: subject.name, size: subject.bytes.length }
                : undefined
            }
            onFiles={takeFiles}
          />
          <FileBox
            id="originals"
            label={page.originals}
            texts={texts}
            chosen={files.at(0)?.file}
            isMany
            onFiles={takeFiles}
          />
          <FileBox
            id="trust"
            label={page.trust}
            hint={texts.trusts.hint}
            texts={texts}
            chosen={trust && { name: trust.name, size: trust.bytes.length }}
            isMany
            onFiles={takeFiles}
          />
        </div>
        {!result && <TrustFiles given={trusts} texts={texts} onRemove={removeTrust} />}
        <p className="privacy">
          <Icon name="lock" /> {page.privacy}
        </p>
        {subject?.kind === 'file' && !trouble && <p role="status">{texts.trouble['proof-needed']}</p>}
      </div>
      {hashing && <WorkingView state={state} texts={texts} onCancel={cancel} />}
      {!hashing && trouble && (subject?.kind !== 'file' || trouble.code === 'encrypted') && (
        <TroubleView trouble={trouble} texts={texts} />
      )}
      {!hashing && !trouble && result?.kind === 'receipt' && (
        <ReceiptResult judgement={result.judgement} texts={texts} onRemoveTrust={removeTrust} />
      )}
      {!hashing && !trouble && result?.kind === 'verification' && (
        <ResultView verification={result.verification} texts={texts} onFiles={takeFiles} onRemoveTrust={removeTrust} />
      )}
    </main>
  );
}

function OfflineHead() {
  const { page } = lookupTexts[useLanguage()];
  return (
    <header className="offline-head">
      <SkipLink />
      <span className="brand">
        <img src={logoUrl} alt="" width="22" height="38" />
        <span>
          {page.offlineNote}　{fill(page.version, { version: __VERSION__ })}
        </span>
      </span>
      <LanguageSwitch className="link no-print" />
    </header>
  );
}

/** Only what is in hand counts: no portal, no node. */
async function run(subject: Subject, { files, trusts }: Given): Promise<LookupResult | undefined> {
  const given = visitorTrust(trusts) ?? { origin: 'none' as const };
  if (subject.kind === 'receipt') {
    const { judgeReceipt } = await import('../lookup/receipt.ts');
    const hand = { bytes: subject.bytes, proof: subject.proof, trust: given, ask: async () => undefined };
    return { kind: 'receipt', judgement: await judgeReceipt(hand) };
  }
  if (subject.kind !== 'proof') return undefined;
  const { bytes, source, contents, pdf } = subject;
  const verification = await verifyProof({ proof: bytes, source, contents, pdf, trust: given, files });
  return { kind: 'verification', verification };
}

// SPDX-License-Identifier: Apache-2.0
// Whom the result trusts: the trust file that was used, its digest, and the way to use another.
import { TRUST_MEDIA_TYPE } from '@inkseal/verifier';
import { Hex } from '../../ui/digits.tsx';
import { sentencesOf } from '../sentences.ts';
import type { Texts } from '../texts/index.ts';
import type { NamedBytes } from '../trust.ts';
import type { Verification } from '../verification.ts';
import { TrustFiles } from './trust-files.tsx';

interface TrustProps {
  readonly verification: Verification;
  readonly texts: Texts;
  readonly onTrust: (files: readonly File[]) => void;
  readonly onRemove: (given: NamedBytes) => void;
}

export function TrustView({ verification, texts, onTrust, onRemove }: TrustProps) {
  const { page } = texts;
  const { trust, report, underEach = [verification] } = verification;
  const named = trust.origin === 'portal' ? page.trustPortal : page.trustNone;
  const file = report.facts?.trustFile;
  return (
    <section className="block trust" aria-labelledby="trust-title">
      <h2 id="trust-title">{page.trust}</h2>
      <div className="sheet trust-sheet">
        {trust.given ? (
          <TrustFiles
            given={trust.given}
            titles={underEach.map((each) => sentencesOf(each, texts).title)}
            texts={texts}
            onRemove={onRemove}
          />
        ) : (
          <>
            <p>
              <b>{named}</b>
              {file && <span>{file.name}</span>}
            </p>
            {file?.sha256 !== undefined && (
              <p>
                <span className="muted">SHA-256</span> <Hex value={file.sha256} texts={page} />
              </p>
            )}
          </>
        )}
        {trust.origin === 'portal' && <p className="muted">{page.trustNote}</p>}
        <p className="no-print trust-actions">
          <label className="link file-label">
            {trust.origin === 'visitor' ? texts.trusts.add : page.trustChoose}
            <input
              type="file"
              multiple
              accept=".json,.sig,.pem,application/json"
              onChange={(event) => {
                onTrust([...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
          </label>
          {trust.bytes && underEach.length === 1 && (
            <button
              type="button"
              className="link"
              onClick={() => saveBytes(trust.bytes, 'trust.json', TRUST_MEDIA_TYPE)}
            >
              {page.trustDownload}
            </button>
          )}
        </p>
      </div>
    </section>
  );
}

/** Hands bytes to the visitor as a file, without asking any server. */
export function saveBytes(bytes: Uint8Array | undefined, name: string, type: string): void {
  if (!bytes) return;
  const address = URL.createObjectURL(new Blob([bytes.slice()], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

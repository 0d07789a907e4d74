// SPDX-License-Identifier: Apache-2.0
// A page of public works that waits for the portal, or that got no answer of use.
import type { PortalError } from '../public-portal.ts';
import { sentenceOf, useWords } from './words.ts';

export function Loading({ text }: { text: string }) {
  return (
    <p className="works-loading" role="status">
      {text}
    </p>
  );
}

export function Failure({ error, onRetry }: { error: PortalError; onRetry: () => void }) {
  const words = useWords();
  return (
    <div className="works-failure" role="alert">
      <p>{sentenceOf(words, error)}</p>
      {error.code !== 'publication-not-found' && (
        <button type="button" className="button" onClick={onRetry}>
          {words.again}
        </button>
      )}
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import type { MadeShareLink } from '../../api/share-links.ts';
import { useShareText } from './i18n.ts';

const ANSWER_MS = 2_000;

/** The one time that a link is shown: the portal itself does not know it any more. */
export function MadeLink({ made: { url } }: { made: MadeShareLink }) {
  const text = useShareText();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(url);
    setCopied(true);
    setTimeout(() => setCopied(false), ANSWER_MS);
  };
  return (
    <div className="notice notice-done">
      <p>{text.made}</p>
      <p className="share-url">
        <code>{url}</code>{' '}
        <button type="button" className="link-button" onClick={() => void copy()}>
          <span role="status">{isCopied ? text.copied : text.copy}</span>
        </button>
      </p>
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
// A picture of a document that can be turned and enlarged; enlarged, it is moved by scrolling, with the keyboard too.
import { useState } from 'react';
import { useDocumentText } from './i18n.ts';
import './document-picture.css';

const SCALES = [1, 1.5, 2, 3, 4] as const;
const QUARTER_DEGREES = 90;

export function DocumentPicture({ label, source }: { label: string; source: string }) {
  const text = useDocumentText();
  const [scale, setScale] = useState(0);
  const [quarters, setQuarters] = useState(0);
  const button = (name: string, isOff: boolean, onClick: () => void) => (
    <button type="button" className="link-button" aria-label={`${name} ${label}`} disabled={isOff} onClick={onClick}>
      {name}
    </button>
  );
  return (
    <figure className="document-picture">
      <figcaption>
        <strong>{label}</strong>
        <span className="actions">
          {button(text.zoomIn, scale === SCALES.length - 1, () => setScale(scale + 1))}
          {button(text.zoomOut, scale === 0, () => setScale(scale - 1))}
          {button(text.rotate, false, () => setQuarters(quarters + 1))}
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: only what has the focus scrolls with the keys */}
      <section className="document-stage" tabIndex={0} aria-label={label}>
        <img
          src={source}
          alt={label}
          style={{
            width: `${(SCALES[scale] ?? 1) * 100}%`,
            transform: `rotate(${quarters * QUARTER_DEGREES}deg)`,
          }}
        />
      </section>
    </figure>
  );
}

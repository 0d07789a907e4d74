// SPDX-License-Identifier: Apache-2.0
// The first stop of the Tab key on every page: past header and menu to what the page is about.
import type { ReactNode } from 'react';
import { useText } from '../i18n/language.ts';
import './skip-link.css';

const ID = 'main';
const zh = { skip: '跳到正文' };
const en: typeof zh = { skip: 'Skip to content' };

export function SkipLink() {
  const text = useText({ zh, en });
  return (
    <a
      className="skip-link no-print"
      href={`#${ID}`}
      onClick={(event) => {
        // The fragment of an address belongs to the look-up code.
        event.preventDefault();
        document.getElementById(ID)?.focus();
      }}
    >
      {text.skip}
    </a>
  );
}

/** What the page is about. */
export function Main({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <main id={ID} tabIndex={-1} className={className}>
      {children}
    </main>
  );
}

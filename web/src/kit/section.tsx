// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useRef } from 'react';

/** A sheet under a section bar “≡ 作品信息”. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="section">
      <header className="section-bar">
        <h2>
          <span aria-hidden="true">≡</span> {title}
        </h2>
        {aside && <span className="section-aside">{aside}</span>}
      </header>
      <div className="section-body">{children}</div>
    </section>
  );
}

interface PageTitleProps {
  title: string;
  aside?: ReactNode;
  /** The page came by itself: whoever listens or types is told where they are now. */
  takesFocus?: boolean;
}

export function PageTitle({ title, aside, takesFocus }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = title;
    if (takesFocus) heading.current?.focus();
  }, [title, takesFocus]);
  return (
    <div className="page-title">
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {aside && <div className="page-aside">{aside}</div>}
    </div>
  );
}

/** Facts as label and value, one per row. */
export function Facts({ rows }: { rows: readonly (readonly [label: string, value: ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

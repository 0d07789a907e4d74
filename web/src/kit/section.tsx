// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** Of the page whose title was shown last; undefined until there is one. */
let lastPath: string | undefined;

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
}

/** After a way from another page whoever listens or types begins here, and not at the link that is gone. */
export function PageTitle({ title, aside }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (lastPath !== undefined && lastPath !== pathname) heading.current?.focus();
    lastPath = pathname;
  }, [pathname]);
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

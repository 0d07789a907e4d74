// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useContext, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { type About, AboutContext } from './about.ts';

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
  about?: About;
}

/** After a way from another page whoever listens or types begins here, and not at the link that is gone. */
export function PageTitle({ title, aside, about }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  const tell = useContext(AboutContext);
  const { title: subject, number } = about ?? {};
  useEffect(() => {
    document.title = subject ? `${subject} · ${title}` : title;
    if (subject) tell(pathname, { title: subject, ...(number && { number }) });
  }, [title, subject, number, tell, pathname]);
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

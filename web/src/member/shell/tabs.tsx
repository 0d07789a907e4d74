// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { fill } from '../../i18n/fill.ts';
import type { About } from '../../kit/about.ts';
import { useShellText } from './i18n.ts';
import { pageName } from './page-names.ts';
import { namesOf, readPages, storePages, withAbout, withoutPage, withPage } from './page-tabs.ts';

/** The opened pages; `tell` names the one at a path by what it is about. */
export function usePageTabs() {
  const text = useShellText();
  const { pathname, search } = useLocation();
  const [pages, setPages] = useState(readPages);
  const isPage = pageName(pathname, text) !== undefined;
  useEffect(() => {
    if (isPage) setPages((last) => withPage(last, { path: pathname, address: pathname + search }));
  }, [isPage, pathname, search]);
  useEffect(() => storePages(pages), [pages]);
  const tell = useCallback((path: string, about: About) => {
    // The title is there before the frame has noted the page.
    setPages((last) => withAbout(withPage(last, { path, address: path, ...addressIn(last, path) }), path, about));
  }, []);
  return { pages, setPages, tell };
}

function addressIn(pages: ReturnType<typeof readPages>, path: string): { address?: string } {
  const address = pages.find((page) => page.path === path)?.address;
  return address === undefined ? {} : { address };
}

/** Links to the opened pages, each with a button that closes it. */
export function PageTabs({ pages, setPages }: Pick<ReturnType<typeof usePageTabs>, 'pages' | 'setPages'>) {
  const text = useShellText();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const names = namesOf(pages, (path) => pageName(path, text) ?? path);
  const current = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another tab is current, or its name is longer
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname, names.join()]);
  const close = (path: string) => {
    const { neighbour } = withoutPage(pages, path);
    setPages((last) => withoutPage(last, path).pages);
    if (path === pathname) void navigate(neighbour ?? '/member/works');
  };
  return (
    <nav className="page-tabs" aria-label={text.openPages}>
      <ul>
        {pages.map(({ path, address }, index) => {
          const name = names[index] ?? path;
          const isCurrent = path === pathname;
          return (
            <li key={path} className={isCurrent ? 'is-current' : ''} ref={isCurrent ? current : undefined}>
              <Link to={address} title={name} aria-current={isCurrent ? 'page' : undefined}>
                {name}
              </Link>
              <button type="button" aria-label={fill(text.closePage, { name })} onClick={() => close(path)}>
                ×
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

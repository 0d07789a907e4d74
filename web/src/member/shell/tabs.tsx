// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { fill } from '../../i18n/fill.ts';
import { useShellText } from './i18n.ts';
import { pageName } from './page-names.ts';
import { readPages, storePages, withoutPage, withPage } from './page-tabs.ts';

/** Links to the opened pages, each with a button that closes it. */
export function PageTabs() {
  const text = useShellText();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const [pages, setPages] = useState(readPages);
  const isPage = pageName(pathname, text) !== undefined;
  useEffect(() => {
    if (isPage) setPages((last) => withPage(last, { path: pathname, address: pathname + search }));
  }, [isPage, pathname, search]);
  useEffect(() => storePages(pages), [pages]);
  const close = (path: string) => {
    const { pages: left, neighbour } = withoutPage(pages, path);
    setPages(left);
    if (path === pathname) void navigate(neighbour ?? '/member/works');
  };
  return (
    <nav className="page-tabs" aria-label={text.openPages}>
      <ul>
        {pages.map(({ path, address }) => {
          const name = pageName(path, text) ?? path;
          return (
            <li key={path} className={path === pathname ? 'is-current' : ''}>
              <Link to={address} aria-current={path === pathname ? 'page' : undefined}>
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

// SPDX-License-Identifier: Apache-2.0
// The frame of all staff pages. Its header is ink, so that nobody takes it for the member centre.
import { Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, matchPath, useLocation } from 'react-router';
import { type Me, useLogOut } from '../../api/session.ts';
import { useLanguage } from '../../i18n/language.ts';
import { AgreementDialog } from '../../kit/agreement-dialog.tsx';
import { OfflineBar } from '../../kit/states.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import { useSiteFacts } from '../../ui/site-facts.ts';
import { SkipLink } from '../../ui/skip-link.tsx';
import type { StaffPage } from '../staff-page.ts';
import { useShellText } from './i18n.ts';
import './shell.css';
import { useWaiting } from './waiting.ts';

interface ShellProps {
  me: Me;
  pages: readonly StaffPage[];
  children: ReactNode;
}

export function Shell({ me, pages, children }: ShellProps) {
  const text = useShellText();
  const { pathname } = useLocation();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const isWide = pages.find(({ path }) => matchPath(`/staff/${path}`, pathname))?.isWide ?? false;
  const hasMenu = me.roles.length > 0;
  const menu = (onGo?: () => void) => <Menu {...{ me, pages }} {...(onGo && { onGo })} />;
  return (
    <div className={isWide || !hasMenu ? 'desk is-wide' : 'desk'}>
      <SkipLink />
      <Header me={me} {...(hasMenu && { onMenu: () => setMenuOpen(true) })} />
      <OfflineBar />
      <AgreementDialog me={me} />
      {hasMenu && !isWide && (
        <nav className="desk-menu no-print" aria-label={text.menu}>
          {menu()}
        </nav>
      )}
      <Drawer
        open={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        placement="left"
        size={264}
        title={text.menu}
        styles={{ body: { padding: 0 } }}
      >
        <nav className="desk-menu-drawer" aria-label={text.menu}>
          {menu(() => setMenuOpen(false))}
        </nav>
      </Drawer>
      <div className="desk-page">{children}</div>
    </div>
  );
}

function Header({ me, onMenu }: { me: Me; onMenu?: () => void }) {
  const text = useShellText();
  const language = useLanguage();
  const { short } = useSiteFacts();
  const logOut = useLogOut();
  return (
    <header className="desk-header no-print">
      {onMenu && (
        <button type="button" className="link-button desk-menu-button" onClick={onMenu}>
          {text.menu}
        </button>
      )}
      <Link to="/staff" className="desk-brand">
        <strong>{short[language]}</strong> {text.console}
      </Link>
      <div className="desk-account">
        <Link to="/member">{text.memberCentre}</Link>
        <span className="desk-user" title={me.userNumber}>
          {[...me.roles.map((role) => text.roles[role]), me.userNumber].join(' · ')}
        </span>
        <LanguageSwitch className="link-button" />
        <button type="button" className="link-button" onClick={() => void logOut()}>
          {text.logOut}
        </button>
      </div>
    </header>
  );
}

interface MenuProps extends Omit<ShellProps, 'children'> {
  onGo?: () => void;
}

function Menu({ me, pages, onGo }: MenuProps) {
  const text = useShellText();
  const language = useLanguage();
  const { pathname } = useLocation();
  const { data } = useWaiting();
  const countOf = (queue: string | undefined) => data?.items.find(({ name }) => name === queue)?.count ?? 0;
  const entry = (to: string, label: string, count = 0) => (
    <li key={to}>
      <Link to={to} aria-current={isAt(pathname, to) ? 'page' : undefined} onClick={onGo}>
        <span>{label}</span>
        {count > 0 && <span className="desk-count">{count}</span>}
      </Link>
    </li>
  );
  return (
    <ul>
      {entry('/staff', text.home)}
      {pages.map(({ path, label, queue }) => label && entry(`/staff/${path}`, label[language], countOf(queue)))}
      {/* Pages outside of this application. */}
      {me.roles.includes('admin') && (
        <li>
          <a href="/staff/queues">{text.queues}</a>
        </li>
      )}
      <li className="desk-menu-member">
        <Link to="/member">{text.memberCentre}</Link>
      </li>
    </ul>
  );
}

function isAt(pathname: string, to: string): boolean {
  return pathname === to || (to !== '/staff' && pathname.startsWith(`${to}/`));
}

// SPDX-License-Identifier: Apache-2.0
// The frame of the member centre: header, menu of six, and the opened pages as tabs.
import { Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { type Me, useLogOut } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { useLanguage } from '../../i18n/language.ts';
import { AboutContext } from '../../kit/about.ts';
import { AgreementDialog } from '../../kit/agreement-dialog.tsx';
import { OfflineBar } from '../../kit/states.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import logo from '../../ui/logo.svg';
import { useSiteFacts, useTelephoneLine } from '../../ui/site-facts.ts';
import { useUnreadCount } from '../messages/unread.ts';
import { ActingSwitch } from '../organisation/acting-switch.tsx';
import { PartyOfLink } from '../organisation/party-of-link.tsx';
import { useShellText } from './i18n.ts';
import { icons } from './icons.tsx';
import { menuOf } from './page-names.ts';
import './shell.css';
import { Main, SkipLink } from '../../ui/skip-link.tsx';
import { PageTabs, usePageTabs } from './tabs.tsx';

const MENU = [
  ['profile', '/member/profile'],
  ['publish', '/member/publish'],
  ['works', '/member/works'],
  ['attested', '/member/attestations'],
  ['registered', '/member/registrations'],
  ['people', '/member/people'],
] as const;

export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const text = useShellText();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const tabs = usePageTabs();
  const telephone = useTelephoneLine();
  return (
    <div className="shell">
      <SkipLink />
      <Header me={me} onMenu={() => setMenuOpen(true)} />
      <OfflineBar />
      <AgreementDialog me={me} />
      <nav className="shell-menu" aria-label={text.memberCentre}>
        <p>{text.memberCentre}</p>
        <Menu />
      </nav>
      <Drawer
        open={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        placement="left"
        size={264}
        title={text.memberCentre}
        styles={{ body: { padding: 0 } }}
      >
        <nav className="drawer-menu" aria-label={text.memberCentre}>
          <Menu onGo={() => setMenuOpen(false)} />
          {isOfStaff(me) && (
            <Link to="/staff" className="drawer-staff">
              {text.staff}
            </Link>
          )}
        </nav>
      </Drawer>
      <div className="shell-page">
        <PageTabs {...tabs} />
        <Main className="shell-main">
          <PartyOfLink me={me} />
          <AboutContext value={tabs.tell}>{children}</AboutContext>
          <p className="small shell-foot">
            {text.beijing} {telephone}
          </p>
        </Main>
      </div>
    </div>
  );
}

const isOfStaff = ({ roles, secondStep }: Me) => roles.length > 0 || secondStep !== 'none';

function Menu({ onGo }: { onGo?: () => void }) {
  const text = useShellText();
  const { pathname } = useLocation();
  return (
    <ul>
      {MENU.map(([name, to]) => (
        <li key={name}>
          <NavLink
            to={to}
            title={text[name]}
            className={menuOf(pathname) === to ? 'is-current' : ''}
            {...(onGo && { onClick: onGo })}
          >
            {icons[name]}
            <span>{text[name]}</span>
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

function Header({ me, onMenu }: { me: Me; onMenu: () => void }) {
  const text = useShellText();
  const language = useLanguage();
  const { name } = useSiteFacts();
  const logOut = useLogOut();
  return (
    <header className="shell-header">
      <button type="button" className="menu-button" aria-label={text.openMenu} onClick={onMenu}>
        {icons.menu}
      </button>
      <a href="/" className="brand">
        <img src={logo} alt="" height={32} /> <span>{name[language]}</span>
      </a>
      <a href="/" className="shell-home">
        {text.home}
      </a>
      <div className="shell-account">
        {isOfStaff(me) && <Link to="/staff">{text.staff}</Link>}
        <MessagesLink />
        <ActingSwitch me={me} />
        <span className="shell-user">
          {me.userNumber}{' '}
          <span className={me.isVerified ? 'state state-done' : 'state'}>
            {me.isVerified ? text.verified : text.unverified}
          </span>
        </span>
        <LanguageSwitch className="link-button" />
        <button type="button" className="link-button" onClick={() => void logOut()}>
          {text.logOut}
        </button>
      </div>
    </header>
  );
}

const MOST_SHOWN = 99;

function MessagesLink() {
  const text = useShellText();
  const unread = useUnreadCount() ?? 0;
  const shown = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
  return (
    <Link
      to="/member/messages"
      className="shell-messages"
      {...(unread > 0 && { 'aria-label': fill(text.messagesUnread, { n: shown }) })}
    >
      {text.messages} {unread > 0 && <span className="unread-count">{shown}</span>}
    </Link>
  );
}

// SPDX-License-Identifier: Apache-2.0
// /login: two tabs, 用户登录 and 新用户注册, and the way back in for who forgot the password.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { type Me, useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { useLanguage } from '../../i18n/language.ts';
import { PageTitle } from '../../kit/section.tsx';
import { OfflineBar } from '../../kit/states.tsx';
import { LanguageSwitch } from '../../ui/language-switch.tsx';
import logo from '../../ui/logo.svg';
import { mayBeSignedIn } from '../../ui/member-hint.ts';
import { useSiteFacts, useTelephoneLine } from '../../ui/site-facts.ts';
import { useLoginText } from './i18n.ts';
import './login.css';
import { Main, SkipLink } from '../../ui/skip-link.tsx';
import { LoginForm } from './login-form.tsx';
import { PasswordForm } from './password-form.tsx';

type View = 'login' | 'register' | 'reset';
const VIEWS: readonly View[] = ['login', 'register', 'reset'];

export function LoginPage() {
  const text = useLoginText();
  const [search, setSearch] = useSearchParams();
  const [said, setSaid] = useState('');
  const [phone, setPhone] = useState('');
  const view = VIEWS.find((each) => each === search.get('tab')) ?? 'login';
  const show = (next: View) => {
    const rest = new URLSearchParams(search);
    rest.set('tab', next);
    setSearch(rest, { replace: true });
  };
  const finish = (sentence: string, { phone: registered }: { phone: string }) => {
    setSaid(sentence);
    setPhone(registered);
    show('login');
  };
  const enter = useEntry(search.get('next'));
  const telephone = useTelephoneLine();
  return (
    <div className="login">
      <SkipLink />
      <LoginHeader />
      <OfflineBar />
      <Main className="login-sheet">
        <PageTitle title={view === 'reset' ? text.resetTitle : text.title} />
        {view !== 'reset' && <Tabs view={view} onShow={show} />}
        <div role="status">{said && view === 'login' && <p className="notice notice-done">{said}</p>}</div>
        {mayBeSignedIn() && <SignedIn />}
        {view === 'login' && <LoginForm knownPhone={phone} onDone={enter} onForgot={() => show('reset')} />}
        {view === 'register' && (
          <PasswordForm
            purpose="REGISTER"
            onDone={(done) => finish(fill(text.registered, { userNumber: done.userNumber ?? '' }), done)}
          />
        )}
        {view === 'reset' && (
          <PasswordForm
            purpose="RESET_PASSWORD"
            onDone={(done) => finish(text.resetDone, done)}
            onBack={() => show('login')}
          />
        )}
        <p className="small login-foot">{telephone}</p>
      </Main>
    </div>
  );
}

function SignedIn() {
  const text = useLoginText();
  const me = useMe();
  if (!me.data) return null;
  return (
    <p className="notice">
      {fill(text.signedIn, { number: me.data.userNumber })} <Link to="/member">{text.goCentre}</Link>
    </p>
  );
}

/** Where members go after logging in: the real name comes first. */
function useEntry(next: string | null): (me: Me) => void {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return (me) => {
    queries.clear();
    queries.setQueryData(['me'], me);
    const isStaff = me.roles.length > 0 || me.secondStep !== 'none';
    const usual = isStaff ? '/staff' : me.isVerified ? '/member/works' : '/member/profile';
    // Only addresses of ours: a link from elsewhere must not lead away after a login.
    const isOurs = next !== null && /^\/(member|staff)(\/|$)/.test(next);
    void navigate(isOurs ? next : usual, { replace: true });
  };
}

function Tabs({ view, onShow }: { view: View; onShow: (view: View) => void }) {
  const text = useLoginText();
  const tab = (name: View, label: string) => (
    <button type="button" role="tab" aria-selected={view === name} onClick={() => onShow(name)}>
      {label}
    </button>
  );
  return (
    <>
      <div className="login-tabs" role="tablist">
        {tab('login', text.loginTab)}
        {tab('register', text.registerTab)}
      </div>
      <p className="small">{text.newFirst}</p>
    </>
  );
}

function LoginHeader() {
  const text = useLoginText();
  const language = useLanguage();
  const { name } = useSiteFacts();
  return (
    <header className="login-header">
      <a href="/" className="brand">
        <img src={logo} alt="" height={32} /> <span>{name[language]}</span>
      </a>
      <a href="/">{text.home}</a>
      <LanguageSwitch className="link-button" />
    </header>
  );
}

// SPDX-License-Identifier: Apache-2.0
// One account: its state, roles and real name, masked; what a security administrator may do; and the way to look closer.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { Me } from '../../api/session.ts';
import type { StaffAccount } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Moment } from '../../kit/moment.tsx';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { AccountAct, type Act } from './account-act.tsx';
import { useAccountText } from './i18n.ts';
import { IdentityView } from './identity-view.tsx';
import { Roles } from './roles.tsx';
import './accounts.css';

export function AccountPage() {
  const text = useAccountText();
  const { id = '' } = useParams();
  const account = useQuery({
    queryKey: ['staff-account', id],
    queryFn: ({ signal }) => call('get', '/staff/accounts/{id}', { params: { id }, signal }),
    // Every look is recorded: it is read when the page is opened, and after each act.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Main className="desk-main">
      <Link to="/staff/accounts">← {text.backToSearch}</Link>
      <Loaded query={account}>{(found) => <Account account={found} />}</Loaded>
    </Main>
  );
}

function Account({ account }: { account: StaffAccount }) {
  const text = useAccountText();
  const queries = useQueryClient();
  const [act, setAct] = useState<Act>();
  const [done, setDone] = useState('');
  const me = queries.getQueryData<Me>(['me']);
  const mayAct = me?.roles.includes('security-admin') === true && !account.isOwn;
  const finish = (changed: StaffAccount, sentence: string) => {
    queries.setQueryData(['staff-account', account.id], changed);
    setDone(fill(text.done, { action: sentence }));
    setAct(undefined);
  };
  return (
    <>
      <PageTitle title={`${text.account} ${account.userNumber}`} aside={text.states[account.state]} />
      <div role="status">{done && <p className="notice notice-done">{done}</p>}</div>
      {!mayAct && <p className="notice">{account.isOwn ? text.own : text.readOnly}</p>}
      <Section title={text.account}>
        <Facts rows={factsOf(account, text)} />
        {mayAct && <Actions account={account} onAct={setAct} />}
        <p>
          <Link to={`/staff/audit?subject=${account.userNumber}`}>{text.audit}</Link>
        </p>
      </Section>
      <Roles account={account} onAct={mayAct ? setAct : undefined} />
      {account.identity && (
        <Section title={text.realName}>
          <Facts rows={identityFacts(account, account.identity, text)} />
          {mayAct && <IdentityView id={account.id} />}
        </Section>
      )}
      {act && <AccountAct account={account} act={act} onDone={finish} onClose={() => setAct(undefined)} />}
    </>
  );
}

function Actions({
  account: { state, roles, hasSecondStep },
  onAct,
}: {
  account: StaffAccount;
  onAct: (act: Act) => void;
}) {
  const text = useAccountText();
  const button = (kind: 'lock' | 'unlock' | 'close' | 'resetSecondStep') => (
    <Button key={kind} onClick={() => onAct({ kind })}>
      {text[kind]}
    </Button>
  );
  return (
    <div className="account-actions">
      {state === 'ACTIVE' && button('lock')}
      {state === 'DISABLED' && button('unlock')}
      {state !== 'CLOSED' && roles.length === 0 && button('close')}
      {hasSecondStep && button('resetSecondStep')}
    </div>
  );
}

type Text = ReturnType<typeof useAccountText>;

function factsOf(account: StaffAccount, text: Text) {
  return [
    [text.phone, account.phone],
    [text.name, account.name ?? text.noName],
    [text.state, text.states[account.state]],
    [text.stateAt, <Moment key="state" at={account.stateAt} />],
    [text.createdAt, <Moment key="created" at={account.createdAt} />],
    [text.sessions, fill(text.sessionCount, { count: account.sessions })],
    [text.secondStep, account.hasSecondStep ? text.hasSecondStep.yes : text.hasSecondStep.no],
  ] as const;
}

function identityFacts(account: StaffAccount, identity: NonNullable<StaffAccount['identity']>, text: Text) {
  const states: Readonly<Record<string, string>> = text.identityStates;
  return [
    [text.name, account.name ?? text.noName],
    [text.idNumber, <code key="number">{identity.idNumber}</code>],
    [text.state, states[identity.state] ?? identity.state],
    [text.verifiedAt, identity.verifiedAt ? <Moment key="at" at={identity.verifiedAt} /> : '–'],
    [text.images, identity.hasImages ? text.imagesKept.yes : text.imagesKept.no],
  ] as const;
}

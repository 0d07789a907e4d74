// SPDX-License-Identifier: Apache-2.0
// Between the password and the console: a code of the authenticator, or the authenticator itself where there is none yet.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, forgetCsrfToken } from '../../api/client.ts';
import type { Me } from '../../api/session.ts';
import { PageTitle } from '../../kit/section.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { CodeForm } from './code-form.tsx';
import { Enrolment } from './enrolment.tsx';
import { useSecondStepText } from './i18n.ts';

export function SecondStepPage({ me, onDone }: { me: Me; onDone: () => void }) {
  const text = useSecondStepText();
  const queries = useQueryClient();
  // What the page asks for may change under it while it is shown.
  const [isAsked] = useState(me.secondStep === 'ask');
  const enter = async () => {
    forgetCsrfToken();
    await queries.invalidateQueries();
    onDone();
  };
  const pass = async (code: string) => {
    await call('post', '/session/second-step', { body: { code } });
    await enter();
  };
  return (
    <Main className="desk-main second-step">
      <PageTitle title={isAsked ? text.ask : text.enrol} />
      <p className="second-step-lead">{isAsked ? text.askLead : text.enrolLead}</p>
      {isAsked ? (
        <CodeForm label={text.codeOrRecovery} button={text.continue} send={pass} />
      ) : (
        <Enrolment start={text.start} onDone={() => void enter()} />
      )}
    </Main>
  );
}

/** For staff who are in: set an authenticator up, or change it. */
export function AuthenticatorPage() {
  const text = useSecondStepText();
  const queries = useQueryClient();
  const me = queries.getQueryData<Me>(['me']);
  const isThere = me?.secondStep === 'done';
  return (
    <Main className="desk-main second-step">
      <PageTitle title={text.manage} />
      <p className="second-step-lead">{isThere ? text.manageLead : text.manageNone}</p>
      <Enrolment start={isThere ? text.again : text.start} onDone={() => void queries.invalidateQueries()} />
    </Main>
  );
}

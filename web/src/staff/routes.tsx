// SPDX-License-Identifier: Apache-2.0
// The staff console: whoever has a role sees the pages of that role.
import { Suspense, useState } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { toApiError } from '../api/api-error.ts';
import { type Me, useMe } from '../api/session.ts';
import { PageTitle } from '../kit/section.tsx';
import { Failure, Loading } from '../kit/states.tsx';
import { Main } from '../ui/skip-link.tsx';
import { Guard } from '../ui/trouble.tsx';
import { pagesFor } from './pages.tsx';
import { SecondStepPage } from './second-step/second-step-page.tsx';
import { HomePage } from './shell/home-page.tsx';
import { useShellText } from './shell/i18n.ts';
import { Shell } from './shell/shell.tsx';

export function StaffRoutes() {
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.data) return <Console me={me.data} />;
  if (!me.error) return <Loading />;
  if (toApiError(me.error).code !== 'unauthenticated') return <Failure error={me.error} onRetry={me.refetch} />;
  return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
}

function Console({ me }: { me: Me }) {
  const { pathname } = useLocation();
  const pages = pagesFor(me.roles);
  // The page with the recovery codes stays until its reader leaves it, although the session has passed by then.
  const isPending = me.secondStep === 'ask' || me.secondStep === 'enrol';
  const [isAtSecondStep, setAtSecondStep] = useState(isPending);
  return (
    <Shell me={me} pages={pages}>
      <Guard key={pathname} page="/member.html">
        <Suspense fallback={<Loading />}>
          {isPending || isAtSecondStep ? (
            <SecondStepPage me={me} onDone={() => setAtSecondStep(false)} />
          ) : me.roles.length === 0 ? (
            <NotStaff />
          ) : (
            <Routes>
              <Route index element={<HomePage pages={pages} />} />
              {pages.map(({ path, Page }) => (
                <Route key={path} path={path} element={<Page />} />
              ))}
              <Route path="*" element={<Navigate to="/staff" replace />} />
            </Routes>
          )}
        </Suspense>
      </Guard>
    </Shell>
  );
}

function NotStaff() {
  const text = useShellText();
  return (
    <Main className="desk-main">
      <PageTitle title={text.console} />
      <p className="notice">{text.notStaff}</p>
    </Main>
  );
}

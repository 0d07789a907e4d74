// SPDX-License-Identifier: Apache-2.0
// The pages of the member centre. Before the real name is verified there are only those about the account.
import { Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { toApiError } from '../api/api-error.ts';
import { useMe } from '../api/session.ts';
import { Failure, Loading } from '../kit/states.tsx';
import { Guard } from '../ui/trouble.tsx';
import { MEMBER_PAGES } from './pages.tsx';
import { MissingPage } from './shell/missing-page.tsx';
import { Shell } from './shell/shell.tsx';

export function MemberRoutes() {
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.data) {
    const isOpen = MEMBER_PAGES.some((page) => page.isOpen && pathname === `/member/${page.path}`);
    if (!me.data.isVerified && !isOpen) return <Navigate to="/member/profile" replace />;
    return (
      <Shell me={me.data}>
        <Guard key={pathname} page="/member.html">
          <Suspense fallback={<Loading />}>
            <Pages />
          </Suspense>
        </Guard>
      </Shell>
    );
  }
  if (!me.error) return <Loading />;
  if (toApiError(me.error).code !== 'unauthenticated') return <Failure error={me.error} onRetry={me.refetch} />;
  return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
}

function Pages() {
  return (
    <Routes>
      <Route index element={<Navigate to="works" replace />} />
      {MEMBER_PAGES.map(({ path, Page }) => (
        <Route key={path} path={path} element={<Page />} />
      ))}
      <Route path="*" element={<MissingPage />} />
    </Routes>
  );
}

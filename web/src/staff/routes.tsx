// SPDX-License-Identifier: Apache-2.0
// The review desk. Its header is ink, so that nobody takes it for the member centre.
import { Link, Navigate, Route, Routes, useLocation } from 'react-router';
import { toApiError } from '../api/api-error.ts';
import { type Me, useLogOut, useMe } from '../api/session.ts';
import { fill } from '../i18n/fill.ts';
import { setLanguage, useLanguage } from '../i18n/language.ts';
import { PageTitle } from '../kit/section.tsx';
import { Failure, Loading, OfflineBar } from '../kit/states.tsx';
import { CasePage } from './case-page.tsx';
import { useStaffText } from './i18n.ts';
import { useParkedWorkText } from './parked-work/i18n.ts';
import { ParkedWorkNotice } from './parked-work/parked-work-notice.tsx';
import { ParkedWorkPage } from './parked-work/parked-work-page.tsx';
import { PARKED_WORK } from './parked-work/use-parked-work.ts';
import { Queue } from './queue.tsx';
import './staff.css';
import { Main, SkipLink } from '../ui/skip-link.tsx';

const REVIEWERS = ['reviewer', 'senior-reviewer'];

export function StaffRoutes() {
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.data) return <Desk me={me.data} />;
  if (!me.error) return <Loading />;
  if (toApiError(me.error).code !== 'unauthenticated') return <Failure error={me.error} onRetry={me.refetch} />;
  return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
}

function Desk({ me }: { me: Me }) {
  const text = useStaffText();
  const isReviewer = me.roles.some((role) => REVIEWERS.includes(role));
  const isAdmin = me.roles.includes('admin');
  return (
    <div className="desk">
      <SkipLink />
      <DeskHeader me={me} />
      <OfflineBar />
      {isReviewer || isAdmin ? (
        <Routes>
          <Route index element={<Home {...{ isReviewer, isAdmin }} />} />
          {isReviewer && <Route path="attestations/:id" element={<CasePage />} />}
          {isAdmin && <Route path="parked-work" element={<ParkedWorkPage />} />}
          <Route path="*" element={<Navigate to="/staff" replace />} />
        </Routes>
      ) : (
        <Main className="desk-main">
          <PageTitle title={text.desk} />
          <p className="notice">{text.notStaff}</p>
        </Main>
      )}
    </div>
  );
}

function Home({ isReviewer, isAdmin }: { isReviewer: boolean; isAdmin: boolean }) {
  const text = useStaffText();
  const { state } = useLocation();
  return (
    <div className={isReviewer ? 'desk-body is-queue' : undefined}>
      {isReviewer && <Queue current={undefined} />}
      <Main className="desk-main">
        <PageTitle title={text.desk} />
        {isAdmin && <ParkedWorkNotice />}
        <div role="status">{state?.done && <p className="notice notice-done">{state.done}</p>}</div>
        {isReviewer && <p className="desk-choose">{text.choose}</p>}
      </Main>
    </div>
  );
}

function DeskHeader({ me }: { me: Me }) {
  const text = useStaffText();
  const language = useLanguage();
  const logOut = useLogOut();
  const parkedWork = useParkedWorkText();
  const isParkedWork = useLocation().pathname === PARKED_WORK;
  return (
    <header className="desk-header">
      <Link to="/staff" className="desk-brand">
        <strong>{text.site}</strong> {text.desk}
      </Link>
      <nav aria-label={text.desk}>
        <Link to="/staff" aria-current={isParkedWork ? undefined : 'page'}>
          {text.attestations}
        </Link>
        {me.roles.includes('admin') && (
          <Link to={PARKED_WORK} aria-current={isParkedWork ? 'page' : undefined}>
            {parkedWork.title}
          </Link>
        )}
      </nav>
      <div className="desk-account">
        {/* Pages of their own, outside of this application. */}
        {me.roles.includes('admin') && <a href="/staff/queues">{text.queues}</a>}
        <Link to="/member">{text.memberCentre}</Link>
        <span className="desk-user">
          {fill(me.roles.some((role) => REVIEWERS.includes(role)) ? text.reviewer : text.administrator, {
            number: me.userNumber,
          })}
        </span>
        <button type="button" className="link-button" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {text.language}
        </button>
        <button type="button" className="link-button" onClick={() => void logOut()}>
          {text.logOut}
        </button>
      </div>
    </header>
  );
}

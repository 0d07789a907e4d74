// SPDX-License-Identifier: Apache-2.0
// The pages of the member centre. Before the real name is verified there are only those about the account.
import { lazy, Suspense } from 'react';
import { Link, Navigate, Route, Routes, useLocation } from 'react-router';
import { toApiError } from '../api/api-error.ts';
import { useMe } from '../api/session.ts';
import { PageTitle, Section } from '../kit/section.tsx';
import { Empty, Failure, Loading } from '../kit/states.tsx';
import { Guard } from '../ui/trouble.tsx';
import { ProfilePage } from './profile/profile-page.tsx';
import { useShellText } from './shell/i18n.ts';
import { Shell } from './shell/shell.tsx';
import { WorksPage } from './works/works-page.tsx';

const SecurityPage = lazy(async () => ({ default: (await import('./security/security-page.tsx')).SecurityPage }));
const PublishPage = lazy(async () => ({ default: (await import('./works/publish-page.tsx')).PublishPage }));
const MessagesPage = lazy(async () => ({ default: (await import('./messages/messages-page.tsx')).MessagesPage }));
const MembersPage = lazy(async () => ({ default: (await import('./organisation/members-page.tsx')).MembersPage }));
const AttestPage = lazy(async () => ({ default: (await import('./attestations/attest-page.tsx')).AttestPage }));
const AttestationsPage = lazy(async () => ({
  default: (await import('./attestations/attestations-page.tsx')).AttestationsPage,
}));
const OrderPage = lazy(async () => ({ default: (await import('./attestations/order-page.tsx')).OrderPage }));
const PaymentPage = lazy(async () => ({ default: (await import('./attestations/payment-page.tsx')).PaymentPage }));
const PeoplePage = lazy(async () => ({ default: (await import('./right-holders/people-page.tsx')).PeoplePage }));
const HolderPage = lazy(async () => ({ default: (await import('./right-holders/holder-page.tsx')).HolderPage }));
const CertificatePage = lazy(async () => ({
  default: (await import('./attestations/certificate-page.tsx')).CertificatePage,
}));

/** What somebody may see whose real name is not verified yet. */
const BEFORE_VERIFICATION = ['/member/profile', '/member/security', '/member/messages'];

export function MemberRoutes() {
  const me = useMe();
  const { pathname, search } = useLocation();
  if (me.data) {
    if (!me.data.isVerified && !BEFORE_VERIFICATION.includes(pathname))
      return <Navigate to="/member/profile" replace />;
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
  const text = useShellText();
  return (
    <Routes>
      <Route index element={<Navigate to="works" replace />} />
      <Route path="profile" element={<ProfilePage />} />
      <Route path="security" element={<SecurityPage />} />
      <Route path="messages" element={<MessagesPage />} />
      <Route path="publish" element={<PublishPage />} />
      <Route path="publish/:id" element={<PublishPage />} />
      <Route path="organisation-members" element={<MembersPage />} />
      <Route path="works" element={<WorksPage />} />
      <Route path="attest/:id" element={<AttestPage />} />
      <Route path="attestations" element={<AttestationsPage />} />
      <Route path="attestations/:id" element={<OrderPage />} />
      <Route path="attestations/:id/payment" element={<PaymentPage />} />
      <Route path="attestations/:id/certificate" element={<CertificatePage />} />
      <Route
        path="registered"
        element={<Coming title={text.registered} lead={text.registeredLead} now={text.registeredNow} />}
      />
      <Route path="people" element={<PeoplePage />} />
      <Route path="people/:id" element={<HolderPage />} />
      <Route path="*" element={<Coming title={text.notFound} lead={text.notFoundLead} now="" />} />
    </Routes>
  );
}

/** A page that says what will be here, and what is possible now. */
function Coming({ title, lead, now }: { title: string; lead: string; now: string }) {
  const text = useShellText();
  return (
    <>
      <PageTitle title={title} />
      <Section title={text.soon}>
        <Empty title={lead}>
          {now && <p>{now}</p>}
          <Link to="/member/works">{text.goWorks}</Link>
        </Empty>
      </Section>
    </>
  );
}

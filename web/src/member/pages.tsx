// SPDX-License-Identifier: Apache-2.0
// The one list of pages of the member centre: its routes come from it.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { ProfilePage } from './profile/profile-page.tsx';
import { WorksPage } from './works/works-page.tsx';

const PublishPage = lazy(async () => ({ default: (await import('./works/publish-page.tsx')).PublishPage }));

interface MemberPage {
  /** Below /member, as React Router writes it. */
  path: string;
  Page: LazyExoticComponent<ComponentType> | ComponentType;
  /** There before the real name is verified. */
  isOpen?: true;
}

export const MEMBER_PAGES: readonly MemberPage[] = [
  { path: 'profile', Page: ProfilePage, isOpen: true },
  {
    path: 'security',
    Page: lazy(async () => ({ default: (await import('./security/security-page.tsx')).SecurityPage })),
    isOpen: true,
  },
  {
    path: 'objections',
    Page: lazy(async () => ({ default: (await import('./objections/objections-page.tsx')).ObjectionsPage })),
  },
  {
    path: 'objections/new',
    Page: lazy(async () => ({ default: (await import('./objections/new-objection-page.tsx')).NewObjectionPage })),
  },
  {
    path: 'disclosures',
    Page: lazy(async () => ({ default: (await import('./disclosures/disclosures-page.tsx')).DisclosuresPage })),
  },
  {
    path: 'messages',
    Page: lazy(async () => ({ default: (await import('./messages/messages-page.tsx')).MessagesPage })),
    isOpen: true,
  },
  { path: 'publish', Page: PublishPage },
  { path: 'publish/:id', Page: PublishPage },
  {
    path: 'organisation-members',
    Page: lazy(async () => ({ default: (await import('./organisation/members-page.tsx')).MembersPage })),
  },
  { path: 'works', Page: WorksPage },
  {
    path: 'works/:id/publication',
    Page: lazy(async () => ({ default: (await import('./publication/publication-page.tsx')).PublicationPage })),
  },
  {
    path: 'works/:id/rights',
    Page: lazy(async () => ({ default: (await import('./rights/rights-page.tsx')).RightsPage })),
  },
  {
    path: 'attest/:id',
    Page: lazy(async () => ({ default: (await import('./attestations/attest-page.tsx')).AttestPage })),
  },
  {
    path: 'attest/:id/summary',
    Page: lazy(async () => ({ default: (await import('./attestations/summary-page.tsx')).SummaryPage })),
  },
  {
    path: 'attestations',
    Page: lazy(async () => ({ default: (await import('./attestations/attestations-page.tsx')).AttestationsPage })),
  },
  {
    path: 'earlier-certificates',
    Page: lazy(async () => ({
      default: (await import('./earlier-certificates/earlier-certificates-page.tsx')).EarlierCertificatesPage,
    })),
  },
  {
    path: 'attestations/:id',
    Page: lazy(async () => ({ default: (await import('./attestations/order-page.tsx')).OrderPage })),
  },
  {
    path: 'attestations/:id/payment',
    Page: lazy(async () => ({ default: (await import('./attestations/payment-page.tsx')).PaymentPage })),
  },
  {
    path: 'attestations/:id/invoice-details',
    Page: lazy(async () => ({ default: (await import('./orders/invoice-page.tsx')).AttestationInvoicePage })),
  },
  {
    path: 'attestations/:id/payment-slip',
    Page: lazy(async () => ({ default: (await import('./orders/payment-slip-page.tsx')).AttestationSlipPage })),
  },
  {
    path: 'attestations/:id/certificate',
    Page: lazy(async () => ({ default: (await import('./attestations/certificate-page.tsx')).CertificatePage })),
  },
  {
    path: 'joint-payments/:id',
    Page: lazy(async () => ({ default: (await import('./orders/joint-payment-page.tsx')).JointPaymentPage })),
  },
  {
    path: 'registrations',
    Page: lazy(async () => ({ default: (await import('./registrations/registrations-page.tsx')).RegistrationsPage })),
  },
  {
    path: 'registrations/:id',
    Page: lazy(async () => ({ default: (await import('./registrations/registration-page.tsx')).RegistrationPage })),
  },
  {
    path: 'registrations/:id/edit',
    Page: lazy(async () => ({ default: (await import('./registrations/edit-page.tsx')).EditRegistrationPage })),
  },
  {
    path: 'registrations/:id/payment',
    Page: lazy(async () => ({ default: (await import('./registrations/payment-page.tsx')).RegistrationPaymentPage })),
  },
  {
    path: 'registrations/:id/invoice-details',
    Page: lazy(async () => ({ default: (await import('./orders/invoice-page.tsx')).RegistrationInvoicePage })),
  },
  {
    path: 'registrations/:id/payment-slip',
    Page: lazy(async () => ({ default: (await import('./orders/payment-slip-page.tsx')).RegistrationSlipPage })),
  },
  {
    path: 'registrations/:id/certificate',
    Page: lazy(async () => ({
      default: (await import('./registrations/certificate-page.tsx')).RegistrationCertificatePage,
    })),
  },
  {
    path: 'people',
    Page: lazy(async () => ({ default: (await import('./right-holders/people-page.tsx')).PeoplePage })),
  },
  {
    path: 'people/:id',
    Page: lazy(async () => ({ default: (await import('./right-holders/holder-page.tsx')).HolderPage })),
  },
];

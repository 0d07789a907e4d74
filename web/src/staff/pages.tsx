// SPDX-License-Identifier: Apache-2.0
// The one list of staff pages: menu, routes and the counts on the home page come from it. A page of a further domain is one
// more entry, with its component in a folder of its own.
import { lazy } from 'react';
import type { Role } from '../api/staff.ts';
import { MONEY_PAGES } from './money-pages.tsx';
import type { StaffPage } from './staff-page.ts';

const ALL = ['reviewer', 'senior-reviewer', 'finance', 'auditor', 'admin', 'security-admin'] as const;
const WATCHERS = ['security-admin', 'auditor'] as const;
/** Auditors see the reviews, and decide nothing. */
const REVIEW_READERS = ['reviewer', 'senior-reviewer', 'auditor'] as const;
/** Two reviews by different people; auditors see both. */
const INITIAL_READERS = ['reviewer', 'auditor'] as const;
const FINAL_READERS = ['senior-reviewer', 'auditor'] as const;

/** Administrators write, auditors read. */
const CONTENT_READERS = ['admin', 'auditor'] as const;

export const STAFF_PAGES: readonly StaffPage[] = [
  {
    path: 'attestations',
    label: { zh: '确权审核', en: 'Attestations' },
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./attestations/queue-page.tsx')).QueuePage })),
    queue: 'attestations',
  },
  {
    path: 'attestations/:id',
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./attestations/case-page.tsx')).CasePage })),
    isWide: true,
  },
  {
    path: 'registrations/initial',
    label: { zh: '登记初审', en: 'First reviews' },
    roles: INITIAL_READERS,
    Page: lazy(async () => ({ default: (await import('./registrations/queue-page.tsx')).InitialQueuePage })),
    queue: 'registrations/initial',
  },
  {
    path: 'registrations/final',
    label: { zh: '登记复审', en: 'Second reviews' },
    roles: FINAL_READERS,
    Page: lazy(async () => ({ default: (await import('./registrations/queue-page.tsx')).FinalQueuePage })),
    queue: 'registrations/final',
  },
  {
    path: 'registrations/:id',
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./registrations/case-page.tsx')).CasePage })),
    isWide: true,
  },
  {
    path: 'counter-filings',
    label: { zh: '窗口代办', en: 'Counter' },
    roles: ['reviewer', 'finance', 'auditor'],
    Page: lazy(async () => ({ default: (await import('./counter/counter-page.tsx')).CounterPage })),
  },
  {
    path: 'version-requests',
    label: { zh: '证书补发变更', en: 'Certificate versions' },
    roles: REVIEW_READERS,
    Page: lazy(async () => ({
      default: (await import('./version-requests/version-requests-page.tsx')).VersionRequestsPage,
    })),
    queue: 'version-requests',
  },
  {
    path: 'version-requests/:id',
    roles: REVIEW_READERS,
    Page: lazy(async () => ({
      default: (await import('./version-requests/version-request-page.tsx')).VersionRequestPage,
    })),
  },
  {
    path: 'assistance-cases',
    label: { zh: '协查', en: 'Court requests' },
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./assistance/cases-page.tsx')).CasesPage })),
    queue: 'assistance-cases',
  },
  {
    path: 'assistance-cases/new',
    roles: ['reviewer', 'senior-reviewer'],
    Page: lazy(async () => ({ default: (await import('./assistance/new-case-page.tsx')).NewCasePage })),
  },
  {
    path: 'assistance-cases/:id',
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./assistance/case-page.tsx')).CasePage })),
  },
  {
    path: 'legal-holds',
    label: { zh: '证据保全', en: 'Legal holds' },
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./legal-holds/holds-page.tsx')).HoldsPage })),
    queue: 'legal-holds',
  },
  {
    path: 'legal-holds/new',
    roles: ['reviewer', 'senior-reviewer'],
    Page: lazy(async () => ({ default: (await import('./legal-holds/new-hold-page.tsx')).NewHoldPage })),
  },
  {
    path: 'legal-holds/:id',
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./legal-holds/hold-page.tsx')).HoldPage })),
  },
  {
    path: 'objections',
    label: { zh: '异议处理', en: 'Objections' },
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./objections/objections-page.tsx')).ObjectionsPage })),
    queue: 'objections',
  },
  {
    path: 'objections/:id',
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./objections/objection-page.tsx')).ObjectionPage })),
  },
  {
    path: 'identities',
    label: { zh: '实名审核', en: 'Real names' },
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./identities/identities-page.tsx')).IdentitiesPage })),
    queue: 'identities',
  },
  {
    path: 'identities/:id',
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./identities/identity-page.tsx')).IdentityPage })),
    isWide: true,
  },
  {
    path: 'organisations',
    label: { zh: '单位实名', en: 'Organisations' },
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./organisations/organisations-page.tsx')).OrganisationsPage })),
    queue: 'organisations',
  },
  {
    path: 'organisations/:id',
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./organisations/organisation-page.tsx')).OrganisationPage })),
    isWide: true,
  },
  {
    path: 'pages',
    label: { zh: '内容页面', en: 'Content pages' },
    roles: CONTENT_READERS,
    Page: lazy(async () => ({ default: (await import('./content/content-list-page.tsx')).ContentListPage })),
  },
  {
    path: 'pages/:slug',
    roles: CONTENT_READERS,
    Page: lazy(async () => ({ default: (await import('./content/content-page.tsx')).ContentPage })),
    isWide: true,
  },
  {
    path: 'pages/:slug/changes',
    roles: CONTENT_READERS,
    Page: lazy(async () => ({ default: (await import('./content/changes-page.tsx')).ChangesPage })),
    isWide: true,
  },
  {
    path: 'publications',
    label: { zh: '公开审核', en: 'Public works' },
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./publications/publications-page.tsx')).PublicationsPage })),
    queue: 'publications',
  },
  {
    path: 'publications/:id',
    roles: REVIEW_READERS,
    Page: lazy(async () => ({ default: (await import('./publications/publication-page.tsx')).PublicationPage })),
    isWide: true,
  },
  ...MONEY_PAGES,
  {
    path: 'settings',
    label: { zh: '设置', en: 'Settings' },
    roles: CONTENT_READERS,
    Page: lazy(async () => ({ default: (await import('./settings/settings-page.tsx')).SettingsPage })),
  },
  {
    path: 'parked-work',
    label: { zh: '挂起的任务', en: 'Parked jobs' },
    roles: ['admin'],
    Page: lazy(async () => ({ default: (await import('./parked-work/parked-work-page.tsx')).ParkedWorkPage })),
    queue: 'parked-work',
  },
  {
    path: 'malware',
    label: { zh: '查毒', en: 'Malware scans' },
    roles: CONTENT_READERS,
    Page: lazy(async () => ({ default: (await import('./malware/malware-page.tsx')).MalwarePage })),
  },
  {
    path: 'accounts',
    label: { zh: '用户与角色', en: 'Users and roles' },
    roles: WATCHERS,
    Page: lazy(async () => ({ default: (await import('./accounts/search-page.tsx')).AccountSearchPage })),
  },
  {
    path: 'accounts/:id',
    roles: WATCHERS,
    Page: lazy(async () => ({ default: (await import('./accounts/account-page.tsx')).AccountPage })),
  },
  {
    path: 'audit',
    label: { zh: '审计记录', en: 'Audit log' },
    roles: WATCHERS,
    Page: lazy(async () => ({ default: (await import('./audit/audit-page.tsx')).AuditPage })),
  },
  {
    path: 'authenticator',
    label: { zh: '本人验证器', en: 'My authenticator' },
    roles: ALL,
    Page: lazy(async () => ({ default: (await import('./second-step/second-step-page.tsx')).AuthenticatorPage })),
  },
];

export function pagesFor(roles: readonly Role[]): StaffPage[] {
  return STAFF_PAGES.filter((page) => page.roles.some((role) => roles.includes(role)));
}

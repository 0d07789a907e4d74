// SPDX-License-Identifier: Apache-2.0
// The one list of staff pages: menu, routes and the counts on the home page come from it. A page of a further domain is one
// more entry, with its component in a folder of its own.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Role } from '../api/staff.ts';
import type { Language } from '../i18n/language.ts';

export interface StaffPage {
  /** Below /staff, as React Router writes it. */
  path: string;
  /** In the menu; a page without a label is reached from the page whose path its own begins with. */
  label?: Readonly<Record<Language, string>>;
  /** Whoever has one of them sees the page. The portal checks every request again. */
  roles: readonly Role[];
  Page: LazyExoticComponent<ComponentType> | ComponentType;
  /** The queue of `GET /staff/waiting` that this page works through. */
  queue?: string;
  /** Needs the whole width: the menu is behind its button. */
  isWide?: boolean;
}

const ALL = ['reviewer', 'senior-reviewer', 'finance', 'auditor', 'admin', 'security-admin'] as const;
const WATCHERS = ['security-admin', 'auditor'] as const;
/** Auditors see the reviews, and decide nothing. */
const REVIEW_READERS = ['reviewer', 'senior-reviewer', 'auditor'] as const;
/** Two reviews by different people; auditors see both. */
const INITIAL_READERS = ['reviewer', 'auditor'] as const;
const FINAL_READERS = ['senior-reviewer', 'auditor'] as const;

/** Finance decides, auditors read. */
const FINANCE_READERS = ['finance', 'auditor'] as const;
/** What the centre did, without names. */
const REPORT_READERS = ['admin', 'finance', 'auditor'] as const;
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
  {
    path: 'refund-requests',
    label: { zh: '退款审批', en: 'Refund requests' },
    roles: FINANCE_READERS,
    Page: lazy(async () => ({ default: (await import('./refunds/refunds-page.tsx')).RefundsPage })),
    queue: 'refund-requests',
  },
  {
    path: 'refund-requests/:id',
    roles: FINANCE_READERS,
    Page: lazy(async () => ({ default: (await import('./refunds/refund-page.tsx')).RefundPage })),
  },
  {
    path: 'offline-payments',
    label: { zh: '线下收付款', en: 'Offline money' },
    roles: FINANCE_READERS,
    Page: lazy(async () => ({ default: (await import('./bookings/bookings-page.tsx')).BookingsPage })),
    queue: 'offline-payments',
  },
  {
    path: 'offline-payments/new',
    roles: ['finance'],
    Page: lazy(async () => ({ default: (await import('./bookings/enter-payment-page.tsx')).EnterPaymentPage })),
  },
  {
    path: 'offline-payments/refunds/:paymentId',
    roles: ['finance'],
    Page: lazy(async () => ({ default: (await import('./bookings/enter-refund-page.tsx')).EnterRefundPage })),
  },
  {
    path: 'offline-payments/:id',
    roles: FINANCE_READERS,
    Page: lazy(async () => ({ default: (await import('./bookings/booking-page.tsx')).BookingPage })),
  },
  {
    path: 'payments',
    label: { zh: '收款记录', en: 'Payments' },
    roles: FINANCE_READERS,
    Page: lazy(async () => ({ default: (await import('./payments/payments-page.tsx')).PaymentsPage })),
  },
  {
    path: 'payments/:id',
    roles: FINANCE_READERS,
    Page: lazy(async () => ({ default: (await import('./payments/payment-page.tsx')).PaymentPage })),
  },
  {
    path: 'invoice-details',
    label: { zh: '开票信息', en: 'Invoice details' },
    roles: FINANCE_READERS,
    Page: lazy(async () => ({ default: (await import('./invoices/invoices-page.tsx')).InvoicesPage })),
  },
  {
    path: 'reconciliation',
    label: { zh: '对账', en: 'Reconciliation' },
    roles: FINANCE_READERS,
    Page: lazy(async () => ({ default: (await import('./payments/reconciliation-page.tsx')).ReconciliationPage })),
  },
  {
    path: 'discounts',
    label: { zh: '减免', en: 'Discounts' },
    roles: REPORT_READERS,
    Page: lazy(async () => ({ default: (await import('./discounts/discounts-page.tsx')).DiscountsPage })),
  },
  {
    path: 'reports',
    label: { zh: '统计报表', en: 'Reports' },
    roles: REPORT_READERS,
    Page: lazy(async () => ({ default: (await import('./reports/reports-page.tsx')).ReportsPage })),
  },
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

// SPDX-License-Identifier: Apache-2.0
// The pages about money: refunds, offline money, payments, invoices, discounts, and what it all comes to.
import { lazy } from 'react';
import type { StaffPage } from './staff-page.ts';

/** Finance decides, auditors read. */
const FINANCE_READERS = ['finance', 'auditor'] as const;
/** What the centre did, without names. */
const REPORT_READERS = ['admin', 'finance', 'auditor'] as const;
export const MONEY_PAGES: readonly StaffPage[] = [
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
];

// SPDX-License-Identifier: Apache-2.0
// The OpenAPI document without a database or a server. A test compares it with what a running portal answers.
import { accountApi, securityApi } from './accounts/index.ts';
import { disclosureApi, staffAssistanceApi } from './assistance/index.ts';
import { attestationApi } from './attestations/index.ts';
import { auditApi } from './audit/index.ts';
import { certificateApis } from './certificates/index.ts';
import { counterApi } from './counter/index.ts';
import { discountApi, quoteApi } from './discounts/index.ts';
import { earlierCertificateApi } from './earlier-certificates/index.ts';
import { financeApi } from './finance/index.ts';
import { printCheckApi } from './fonts/index.ts';
import { sessionApi } from './http/app.ts';
import { openApiDocument } from './http/openapi.ts';
import type { Operation } from './http/operation.ts';
import { identityApi } from './identity/index.ts';
import { identityReviewApi } from './identity-reviews/index.ts';
import { staffLegalHoldApi } from './legal-holds/index.ts';
import { lookupApi } from './lookup/index.ts';
import { receiptApis } from './manifests/index.ts';
import { notificationApi } from './notifications/index.ts';
import { objectionApi, staffObjectionApi } from './objections/index.ts';
import { operationsApi } from './operations/index.ts';
import { memberApi, organisationApi, staffOrganisationApi } from './organisations/index.ts';
import { agreementApi, pageApi, staffPageApi } from './pages/index.ts';
import {
  bankAccountApi,
  invoiceApis,
  jointPaymentApi,
  offlineApi,
  openPaymentApi,
  paymentApis,
  sandboxApi,
  staffInvoiceApi,
} from './payments/index.ts';
import { personalDataApi } from './personal-data/index.ts';
import { moderationApi, publicationApi, publicWorkApi } from './publication/index.ts';
import { refundRequestApis, staffRefundRequestApi } from './refund-requests/index.ts';
import { registrationNoticeApi } from './registration-notices/index.ts';
import { registrationReviewApi } from './registration-reviews/index.ts';
import { registrationApi } from './registrations/index.ts';
import { reportApi } from './reports/index.ts';
import { reviewApi } from './reviews/index.ts';
import { rightHolderApi } from './right-holders/index.ts';
import { rightsEventApi } from './rights-events/index.ts';
import { siteApi, staffSettingsApi } from './settings/index.ts';
import { shareLinkApis } from './share-links/index.ts';
import { identityViewApi, secondStepApi, staffAccountApi, staffApi } from './staff/index.ts';
import { auditReportApi, staffAuditReportApi, transparencyApi } from './transparency/index.ts';
import { scansApi, tusRoutes, uploadApi } from './uploads/index.ts';
import { staffVersionRequestApi, versionRequestApi } from './version-requests/index.ts';
import { workApi } from './works/index.ts';

/** They look at no session. */
const OPEN = [
  openPaymentApi,
  sandboxApi,
  lookupApi,
  publicWorkApi,
  registrationNoticeApi,
  auditReportApi,
  transparencyApi,
  pageApi,
  siteApi,
];

const WITH_SESSION = [
  sessionApi,
  staffAuditReportApi,
  accountApi,
  securityApi,
  organisationApi,
  memberApi,
  staffOrganisationApi,
  agreementApi,
  personalDataApi,
  identityApi,
  identityReviewApi,
  notificationApi,
  operationsApi,
  printCheckApi,
  rightHolderApi,
  scansApi,
  uploadApi,
  workApi,
  paymentApis.attestation,
  paymentApis.registration,
  jointPaymentApi,
  bankAccountApi,
  refundRequestApis.attestation,
  refundRequestApis.registration,
  staffRefundRequestApi,
  offlineApi,
  invoiceApis.attestation,
  invoiceApis.registration,
  staffInvoiceApi,
  discountApi,
  quoteApi,
  counterApi,
  financeApi,
  reportApi,
  attestationApi,
  certificateApis.attestation,
  certificateApis.registration,
  receiptApis,
  earlierCertificateApi,
  shareLinkApis.attestation,
  shareLinkApis.registration,
  registrationApi,
  registrationReviewApi,
  versionRequestApi,
  staffVersionRequestApi,
  staffAssistanceApi,
  disclosureApi,
  staffLegalHoldApi,
  objectionApi,
  staffObjectionApi,
  rightsEventApi,
  reviewApi,
  staffApi,
  auditApi,
  publicationApi,
  moderationApi,
  staffPageApi,
  staffSettingsApi,
  secondStepApi,
  staffAccountApi,
  identityViewApi,
];

/** Every operation of the portal. */
export function portalOperations() {
  return { open: OPEN.flatMap(operationsOf), session: WITH_SESSION.flatMap(operationsOf), bodies: tusRoutes };
}

export const describePortal = () => openApiDocument(portalOperations());

function operationsOf(api: Readonly<Record<string, Operation>>): Operation[] {
  return Object.values(api);
}

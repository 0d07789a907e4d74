// SPDX-License-Identifier: Apache-2.0
export { type AuditedCertificate, type AuditedCertificates, auditedCertificates } from './audited-certificates.ts';
export { certificateApis } from './certificates.api.ts';
export { type CertificateView, certificateViewSchema } from './certificates.schema.ts';
export { type Certificates, issuedNumbers, noteRevoked } from './certificates.ts';
export { CERTIFICATE_TOPIC, type CertifiedOrders, type Provenance, subjectsOf } from './certified-orders.ts';
export { documentNumberOf } from './document-number.ts';
export { eraseCertificates } from './erase-certificate.ts';
export { openCertificates } from './open-certificates.ts';
export { type PublicRecord, publicRecordOf, publicRecordSchema, revocationIn } from './public-record.ts';

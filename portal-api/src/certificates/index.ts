// SPDX-License-Identifier: Apache-2.0
export { certificateEndpoints } from './certificates.routes.ts';
export { type Certificates, createCertificates, noteRevoked, PACKAGE_LIMIT_BYTES } from './certificates.ts';
export { type PublicRecord, publicRecordOf, revocationIn } from './public-record.ts';
export { storedCertificates, storedPackages } from './stored-certificates.ts';

// SPDX-License-Identifier: Apache-2.0
export { earlierCertificateApi } from './earlier-certificates.api.ts';
export { publicEarlierSchema } from './earlier-certificates.schema.ts';
export {
  earlierCertificatesOf,
  earlierPdfsOf,
  eraseEarlierCertificates,
  findEarlier,
  findImported,
  insertEarlier,
} from './earlier-certificates.store.ts';
export { earlierNumberSchema, numberKeyOf, typedNumberSchema } from './number.ts';
export { openEarlierCertificates } from './open-earlier-certificates.ts';

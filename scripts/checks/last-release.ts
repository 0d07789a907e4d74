// SPDX-License-Identifier: Apache-2.0
/** The newest migration of the last release, of either service: to be moved on with each release. */
export const LAST_RELEASE = {
  'ledger-service': '20261129100000_receipts',
  'portal-api': '20261129183000_picture_hash_bands',
} as const;

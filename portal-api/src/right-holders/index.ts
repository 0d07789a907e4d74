// SPDX-License-Identifier: Apache-2.0
export type { ChosenHolder, ChosenHolders, ListedHolder } from './chosen-holders.ts';
export { DOCUMENT_TYPES, type DocumentType, isOrganisationDocument } from './document-number.ts';
export { openRightHolders } from './open-right-holders.ts';
export { isCounty } from './regions.ts';
export { rightHolderApi } from './right-holders.api.ts';

// SPDX-License-Identifier: Apache-2.0
// The portal's cleaning of texts, for the test that the pages clean the same.
export { cleanLine, cleanNumber, cleanParagraphs } from '../../portal-api/src/http/text.ts';

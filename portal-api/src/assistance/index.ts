// SPDX-License-Identifier: Apache-2.0
export { disclosureApi, staffAssistanceApi } from './assistance.api.ts';
export { disclosuresTo } from './assistance.view.ts';
export { openAssistance } from './open-assistance.ts';

// SPDX-License-Identifier: Apache-2.0
export { openPersonalData } from './open-personal-data.ts';
export { personalDataApi } from './personal-data.api.ts';

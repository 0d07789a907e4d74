// SPDX-License-Identifier: Apache-2.0
export { agreementApi } from './agreements.api.ts';
export { agreementSchema } from './agreements.schema.ts';
export { agreementsOf, newestAgreements } from './agreements.store.ts';
export { openPages } from './open-pages.ts';
export { pageApi, staffPageApi } from './pages.api.ts';

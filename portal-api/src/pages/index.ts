// SPDX-License-Identifier: Apache-2.0
export { openPages } from './open-pages.ts';
export { pageApi, staffPageApi } from './pages.api.ts';
export { newestAgreements } from './pages.store.ts';

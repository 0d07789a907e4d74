// SPDX-License-Identifier: Apache-2.0
export { accountEndpoints } from './accounts.routes.ts';
export { openAccounts } from './open-accounts.ts';

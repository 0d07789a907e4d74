// SPDX-License-Identifier: Apache-2.0
export { accountApi } from './accounts.api.ts';
export { openAccounts } from './open-accounts.ts';
export { phoneSchema } from './phone.ts';
export { securityApi } from './security.api.ts';

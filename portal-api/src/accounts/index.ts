// SPDX-License-Identifier: Apache-2.0
export { accountApi } from './accounts.api.ts';
export { createAccountStore, phoneContext } from './accounts.store.ts';
export { openAccounts } from './open-accounts.ts';
export { hashPassword, passwordFault } from './password.ts';
export { isMobile, normalizePhone, phoneSchema } from './phone.ts';
export { OLD_PHONE_TEXT, OLD_PHONE_TOPIC } from './phone-change.ts';
export { securityApi } from './security.api.ts';

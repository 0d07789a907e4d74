// SPDX-License-Identifier: Apache-2.0
export { accountEndpoints } from './accounts.routes.ts';
export { type AccountStore, createAccountStore } from './accounts.store.ts';
export { createAccounts } from './accounts.ts';
export { createLoginFailures } from './login-failures.ts';
export { createLoginLock } from './login-lock.ts';
export { createReferrerTries } from './referrer-tries.ts';
export { seedReviewer } from './seed-reviewer.ts';
export { createSmsCodes, SMS_TOPIC, smsTopic } from './sms-codes.ts';
export { consoleSms } from './sms-driver.ts';

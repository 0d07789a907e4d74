// SPDX-License-Identifier: Apache-2.0
// API keys' public face.
export { SCOPES, type Scope } from './api-key.ts';
export { authenticate, type Principal } from './authenticate.ts';
export { ensureFirstKey } from './first-key.ts';
export { addKey, listKeys, revokeKey } from './manage-keys.ts';

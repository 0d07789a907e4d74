// SPDX-License-Identifier: Apache-2.0
// An API key: 32 random bytes behind a prefix that secret scanners can find. Only its SHA-256 is ever stored.
import { createHash, randomBytes } from 'node:crypto';

export const SCOPES = ['submit', 'read', 'revoke'] as const;
export type Scope = (typeof SCOPES)[number];

const KEY_PATTERN = /^inkseal_[A-Za-z0-9_-]{43}$/;

export function newApiKey(): string {
  return `inkseal_${randomBytes(32).toString('base64url')}`;
}

export function isApiKey(text: string): boolean {
  return KEY_PATTERN.test(text);
}

export function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

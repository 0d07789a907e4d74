// SPDX-License-Identifier: Apache-2.0
// A view of a real name lasts some minutes and belongs to whoever opened it; its subject is an account, or one version. Its token says so itself, so there is no row to
// keep: the audit log has the look.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Vault } from '../crypto/vault.ts';
import { DomainError } from '../errors.ts';

const VIEW_MS = 5 * 60_000;

export interface IdentityViews {
  open(viewerId: string, subjectId: string): { token: string; expiresAt: Date };
  /** Throws `view-expired`, also for a token of another viewer or subject. */
  require(viewerId: string, subjectId: string, token: string): void;
}

export function createIdentityViews(vault: Pick<Vault, 'derive'>): IdentityViews {
  const key = vault.derive('identity view');
  const macOf = (text: string) => createHmac('sha256', key).update(text).digest();
  const textOf = (viewerId: string, subjectId: string, until: number) => [viewerId, subjectId, until].join('\n');
  return {
    open(viewerId, subjectId) {
      const until = Date.now() + VIEW_MS;
      const mac = macOf(textOf(viewerId, subjectId, until)).toString('base64url');
      return { token: `${until}.${mac}`, expiresAt: new Date(until) };
    },
    require(viewerId, subjectId, token) {
      const [until = '', mac = ''] = token.split('.');
      const given = Buffer.from(mac, 'base64url');
      const right = macOf(textOf(viewerId, subjectId, Number(until)));
      const isRight = given.length === right.length && timingSafeEqual(given, right);
      if (!isRight || Number(until) <= Date.now()) throw new DomainError('view-expired');
    },
  };
}

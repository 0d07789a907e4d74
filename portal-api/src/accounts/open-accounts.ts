// SPDX-License-Identifier: Apache-2.0
import path from 'node:path';
import type { Domain } from '../domain.ts';
import type { LoadMember } from '../http/members.ts';
import type { Platform } from '../platform.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { accountEndpoints } from './accounts.routes.ts';
import { createAccountStore } from './accounts.store.ts';
import { createAccounts } from './accounts.ts';
import { createLoginFailures } from './login-failures.ts';
import { createLoginLock } from './login-lock.ts';
import { createReferrerTries } from './referrer-tries.ts';
import { seedReviewer } from './seed-reviewer.ts';
import { createSmsCodes, SMS_TOPIC, smsTopic } from './sms-codes.ts';
import { consoleSms } from './sms-driver.ts';
import { storedAccounts } from './stored-accounts.ts';

type AccountPlatform = Pick<Platform, 'config' | 'db' | 'vault'>;

export async function openAccounts({ config, db, vault }: AccountPlatform) {
  const { dataFolder, isHttps, rateLimitScale: addressScale, seedReviewerFile } = config;
  const store = createAccountStore(db, vault);
  const smsCodes = createSmsCodes({ db, vault, addressScale });
  const referrerTries = createReferrerTries({ db, vault, addressScale });
  const [loginLock, loginFailures] = [createLoginLock(db, vault), createLoginFailures(db, vault)];
  const accounts = createAccounts({ db, store, smsCodes, loginLock, loginFailures, referrerTries });
  if (seedReviewerFile) await seedReviewer(db, store, seedReviewerFile);
  const loadMember: LoadMember = store.loadMember;
  return {
    loadMember,
    endpoints: accountEndpoints({ accounts, store, isHttps }),
    topics: { [SMS_TOPIC]: smsTopic(db, vault, consoleSms(path.join(dataFolder, 'sms-outbox.jsonl'))) },
    sweeps: { 'record-login-failures': loginFailures.record },
    stored: [storedAccounts(db, vault)],
  } satisfies Domain & { loadMember: LoadMember; stored: StoredKind[] };
}

// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { LoadMember } from '../http/members.ts';
import type { Platform } from '../platform.ts';
import type { StoredKind } from '../storage/stored-kind.ts';
import { accountEndpoints, type Parties } from './accounts.routes.ts';
import { type AccountStore, createAccountStore } from './accounts.store.ts';
import { createAccounts } from './accounts.ts';
import { createAvatars } from './avatars.ts';
import { createCaptchas } from './captcha.ts';
import { createKnownLogins } from './known-logins.ts';
import { createLoginFailures } from './login-failures.ts';
import { createLoginLock } from './login-lock.ts';
import { createPasswordProof, type ProvePassword } from './password-proof.ts';
import { createPhoneChange, OLD_PHONE_TOPIC, oldPhoneTopic } from './phone-change.ts';
import { createReferrerTries } from './referrer-tries.ts';
import { securityEndpoints } from './security.routes.ts';
import { seedReviewer } from './seed-reviewer.ts';
import { createSessionList, type SessionList } from './session-list.ts';
import { createSmsCodes, SMS_TOPIC, type SmsCodeOptions, smsTopic } from './sms-codes.ts';
import { storedAccounts } from './stored-accounts.ts';

type AccountPlatform = Pick<Platform, 'config' | 'db' | 'vault' | 'delivery'>;

export interface OpenAccounts extends Domain {
  loadMember: LoadMember;
  phoneOf: AccountStore['phoneOf'];
  provePassword: ProvePassword;
  endSessions: SessionList['endOthers'];
  stored: StoredKind[];
}

export async function openAccounts(
  { config, db, vault, delivery }: AccountPlatform,
  { parties, captchaAfter }: { parties: Parties; captchaAfter: SmsCodeOptions['captchaAfter'] },
): Promise<OpenAccounts> {
  const { isHttps, rateLimitScale: addressScale, seedReviewerFile } = config;
  const store = createAccountStore(db, vault);
  const captchas = createCaptchas(vault);
  const smsCodes = createSmsCodes({ db, vault, captchas, captchaAfter, addressScale });
  const referrerTries = createReferrerTries({ db, vault, addressScale });
  const [loginLock, loginFailures] = [createLoginLock(db, vault), createLoginFailures(db, vault)];
  const knownLogins = createKnownLogins(vault);
  const accounts = createAccounts({ db, store, smsCodes, loginLock, loginFailures, referrerTries, knownLogins });
  const sessions = createSessionList(db);
  const provePassword = createPasswordProof(db, store, loginLock);
  const phoneChange = createPhoneChange({ db, vault, store, smsCodes, loginLock, provePassword, sessions });
  if (seedReviewerFile) await seedReviewer(db, store, seedReviewerFile);
  return {
    loadMember: store.loadMember,
    phoneOf: store.phoneOf,
    provePassword,
    endSessions: sessions.endOthers,
    endpoints: [
      ...accountEndpoints({ db, accounts, captchas, store, parties, isHttps }),
      ...securityEndpoints({ db, avatars: createAvatars(db, vault), phoneChange, sessions }),
    ],
    topics: {
      [SMS_TOPIC]: smsTopic(db, vault, delivery.sms),
      [OLD_PHONE_TOPIC]: oldPhoneTopic(vault, delivery.sms),
    },
    sweeps: { 'record-login-failures': loginFailures.record },
    stored: [storedAccounts(db, vault)],
  };
}

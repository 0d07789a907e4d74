import type { Database } from '../db/database.ts';
import type { FieldError } from '../errors.ts';
import { deviceOf } from '../http/device.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { senderKey } from '../http/rate-limits.ts';
import { cookieName, logIn, logOut } from '../http/sessions.ts';
import { agreementsOf } from '../pages/index.ts';
import { accountApi, type OrganisationOfMember, sentCode } from './accounts.api.ts';
import type { AccountStore } from './accounts.store.ts';
import type { Accounts } from './accounts.ts';
import type { Captchas } from './captcha.ts';
import { CODE_TTL_SECONDS, RESEND_SECONDS } from './sms-codes.ts';
import type { SmsPurpose } from './sms-purposes.ts';

export interface AccountRouteParts {
  db: Database;
  accounts: Accounts;
  captchas: Captchas;
  store: AccountStore;
  parties: Parties;
  isHttps: boolean;
}

/** The organisations for which an account may act. */
export interface Parties {
  of(accountId: string): Promise<OrganisationOfMember[]>;
  /** For which one a new session acts; null for the account itself. */
  usual(accountId: string): Promise<string | null>;
}

export function accountEndpoints(parts: AccountRouteParts): Endpoint[] {
  return [
    endpoint(accountApi.makeCaptcha, () => parts.captchas.make()),
    ...registrationEndpoints(parts.accounts),
    ...sessionEndpoints(parts),
    passwordResetEndpoint(parts.accounts),
    meEndpoint(parts),
  ];
}

function registrationEndpoints(accounts: Accounts): Endpoint[] {
  return [
    endpoint(accountApi.sendCode, async ({ body, req }) => {
      await accounts.requestCode({ ...body, address: senderKey(req) });
      return { expiresInSeconds: CODE_TTL_SECONDS, resendAfterSeconds: RESEND_SECONDS };
    }),
    endpoint(accountApi.register, ({ body, req }) => accounts.register({ ...body, address: senderKey(req) }), {
      moreFaults: (body) => codeFaults(accounts, 'REGISTER', body),
    }),
  ];
}

function sessionEndpoints({ accounts, parties, isHttps }: AccountRouteParts): Endpoint[] {
  return [
    endpoint(accountApi.logIn, async ({ body, req }) => {
      const account = await accounts.logIn({ ...body, address: senderKey(req), device: deviceOf(req) });
      await logIn(req, { ...account, organisationId: await parties.usual(account.id) });
      return undefined;
    }),
    endpoint(accountApi.logOut, async ({ req, res }) => {
      await logOut(req);
      res.clearCookie(cookieName(isHttps), { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps });
      return undefined;
    }),
  ];
}

/** A well-formed code is checked even if other fields are wrong. */
async function codeFaults(accounts: Accounts, purpose: SmsPurpose, body: unknown): Promise<FieldError[]> {
  const sent = sentCode.safeParse(body);
  if (!sent.success || (await accounts.isCodeRight({ ...sent.data, purpose }))) return [];
  return [{ field: 'code', code: 'mismatch' }];
}

function passwordResetEndpoint(accounts: Accounts): Endpoint {
  return endpoint(
    accountApi.resetPassword,
    async ({ body }) => {
      await accounts.resetPassword(body);
      return undefined;
    },
    { moreFaults: (body) => codeFaults(accounts, 'RESET_PASSWORD', body) },
  );
}

function meEndpoint({ db, store, parties }: AccountRouteParts): Endpoint {
  return endpoint(accountApi.me, async ({ req }) => {
    const { id, isVerified, owner, roles, secondStep } = memberOf(req);
    const profile = await store.profile(id);
    const acting = { actingFor: owner.organisationId, organisations: await parties.of(id) };
    const createdAt = profile.createdAt.toISOString();
    const agreements = await agreementsOf(db.prisma, id);
    return { ...profile, roles: [...roles], secondStep, isVerified, ...acting, agreements, createdAt };
  });
}

import type { FieldError } from '../errors.ts';
import { deviceOf } from '../http/device.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf } from '../http/members.ts';
import { senderKey } from '../http/rate-limits.ts';
import { cookieName, logIn, logOut } from '../http/sessions.ts';
import { accountApi, sentCode } from './accounts.api.ts';
import type { AccountStore } from './accounts.store.ts';
import type { Accounts } from './accounts.ts';
import type { Captchas } from './captcha.ts';
import { CODE_TTL_SECONDS, RESEND_SECONDS } from './sms-codes.ts';
import type { SmsPurpose } from './sms-driver.ts';

export function accountEndpoints({
  accounts,
  captchas,
  store,
  isHttps,
}: {
  accounts: Accounts;
  captchas: Captchas;
  store: AccountStore;
  isHttps: boolean;
}): Endpoint[] {
  return [
    endpoint(accountApi.makeCaptcha, () => captchas.make()),
    ...registrationEndpoints(accounts),
    ...sessionEndpoints(accounts, isHttps),
    passwordResetEndpoint(accounts),
    meEndpoint(store),
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

function sessionEndpoints(accounts: Accounts, isHttps: boolean): Endpoint[] {
  return [
    endpoint(accountApi.logIn, async ({ body, req }) => {
      await logIn(req, await accounts.logIn({ ...body, address: senderKey(req), device: deviceOf(req) }));
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

function meEndpoint(store: AccountStore): Endpoint {
  return endpoint(accountApi.me, async ({ req }) => {
    const { id, isVerified, roles, secondStep } = memberOf(req);
    const profile = await store.profile(id);
    return { ...profile, roles: [...roles], secondStep, isVerified, createdAt: profile.createdAt.toISOString() };
  });
}

// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { FieldCode, FieldError } from '../errors.ts';
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { memberOf, ROLES } from '../http/members.ts';
import { senderKey } from '../http/rate-limits.ts';
import { cookieName, logIn, logOut } from '../http/sessions.ts';
import { code, pasted } from '../http/validation.ts';
import type { AccountStore } from './accounts.store.ts';
import type { Accounts } from './accounts.ts';
import { MAX_PASSWORD, MIN_PASSWORD, passwordFault } from './password.ts';
import { normalizePhone, phoneSchema } from './phone.ts';
import { CODE_TTL_SECONDS, RESEND_SECONDS } from './sms-codes.ts';
import { SMS_PURPOSES, type SmsPurpose } from './sms-driver.ts';

const smsCode = pasted(z.string().regex(/^\d{6}$/)).meta({ example: '123456' });

/** For the document: the rules below are what refuses, each with a code of its own. */
const PASSWORD_LENGTH = { minLength: MIN_PASSWORD, maxLength: MAX_PASSWORD, example: 'crane-and-reed-26' };

const newPassword = {
  phone: phoneSchema,
  code: smsCode,
  password: z.string().meta({ description: 'Two kinds of letter, digit, symbol', ...PASSWORD_LENGTH }),
  passwordRepeat: z.string().meta(PASSWORD_LENGTH),
};

/** Runs although other fields are wrong: a form error names every wrong field at once. */
const always = { when: () => true };

interface PasswordForm {
  phone?: unknown;
  password?: unknown;
  passwordRepeat?: unknown;
}

const repeatsPassword = (form: PasswordForm) =>
  typeof form.passwordRepeat !== 'string' || form.password === form.passwordRepeat;

function faultOf({ phone, password }: PasswordForm): FieldCode | undefined {
  if (typeof password !== 'string') return undefined;
  return passwordFault(password, { phone: typeof phone === 'string' ? normalizePhone(phone) : '' });
}

/** A refinement has one code, so there is one for each fault a password can have. */
function withPasswordRules<S extends z.ZodType<PasswordForm>>(form: S): S {
  const repeated = form.refine(repeatsPassword, { path: ['passwordRepeat'], ...code('mismatch'), ...always });
  return (['too-short', 'too-long', 'too-weak'] as const).reduce(
    (schema, fault) =>
      schema.refine((each) => faultOf(each) !== fault, { path: ['password'], ...code(fault), ...always }),
    repeated,
  );
}

const registrationSchema = withPasswordRules(
  z.strictObject({
    ...newPassword,
    referrerPhone: phoneSchema.optional(),
    consent: z
      .boolean()
      .refine((isGiven) => isGiven, code('consent-missing'))
      .meta({ description: 'Terms of use and privacy notice are accepted' }),
  }),
);

const resetSchema = withPasswordRules(z.strictObject(newPassword));

const meSchema = z
  .object({
    userNumber: z.string().meta({ example: 'ID1001' }),
    phone: z.string().meta({ description: 'Masked' }),
    referrer: z.string().nullable(),
    roles: z.array(z.enum(ROLES)),
    isVerified: z.boolean().meta({ description: 'The real name is verified' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Me' });

export function accountEndpoints({
  accounts,
  store,
  isHttps,
}: {
  accounts: Accounts;
  store: AccountStore;
  isHttps: boolean;
}): Endpoint[] {
  return [
    ...registrationEndpoints(accounts),
    ...sessionEndpoints(accounts, isHttps),
    passwordResetEndpoint(accounts),
    meEndpoint(store),
  ];
}

function registrationEndpoints(accounts: Accounts): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/sms-codes',
      summary: 'Send a code to a telephone; the answer does not tell whether it has an account',
      access: 'anyone',
      limit: 'sms-code',
      body: z.strictObject({ phone: phoneSchema, purpose: z.enum(SMS_PURPOSES) }),
      status: 202,
      answer: z.object({ expiresInSeconds: z.int(), resendAfterSeconds: z.int() }),
      errors: ['sms-too-soon', 'sms-limit-reached'],
      async run({ body, req }) {
        await accounts.requestCode({ ...body, address: senderKey(req) });
        return { expiresInSeconds: CODE_TTL_SECONDS, resendAfterSeconds: RESEND_SECONDS };
      },
    }),
    endpoint({
      method: 'post',
      path: '/accounts',
      summary: 'Register',
      access: 'anyone',
      limit: 'register',
      body: registrationSchema,
      status: 201,
      answer: z.object({ userNumber: z.string() }),
      errors: ['sms-code-invalid', 'phone-registered'],
      moreFaults: (body) => codeFaults(accounts, 'REGISTER', body),
      run: ({ body, req }) => accounts.register({ ...body, address: senderKey(req) }),
    }),
  ];
}

function sessionEndpoints(accounts: Accounts, isHttps: boolean): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/sessions',
      summary: 'Log in; the session and its CSRF token are new afterwards',
      access: 'anyone',
      limit: 'login',
      body: z.strictObject({ phone: phoneSchema, password: z.string().min(1).max(MAX_PASSWORD) }),
      errors: ['credentials-invalid', 'login-locked', 'account-disabled'],
      async run({ body, req }) {
        await logIn(req, await accounts.logIn({ ...body, address: senderKey(req) }));
        return undefined;
      },
    }),
    endpoint({
      method: 'delete',
      path: '/sessions/current',
      summary: 'Log out',
      access: 'anyone',
      async run({ req, res }) {
        await logOut(req);
        res.clearCookie(cookieName(isHttps), { path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps });
        return undefined;
      },
    }),
  ];
}

const sentCode = z.object({ phone: phoneSchema, code: smsCode });

/** A code of the right shape is looked at although other fields are wrong. */
async function codeFaults(accounts: Accounts, purpose: SmsPurpose, body: unknown): Promise<FieldError[]> {
  const sent = sentCode.safeParse(body);
  if (!sent.success || (await accounts.isCodeRight({ ...sent.data, purpose }))) return [];
  return [{ field: 'code', code: 'mismatch' }];
}

function passwordResetEndpoint(accounts: Accounts): Endpoint {
  return endpoint({
    method: 'post',
    path: '/password-resets',
    summary: 'Set a new password; all sessions of the account end',
    access: 'anyone',
    limit: 'register',
    body: resetSchema,
    errors: ['sms-code-invalid', 'account-disabled'],
    moreFaults: (body) => codeFaults(accounts, 'RESET_PASSWORD', body),
    async run({ body }) {
      await accounts.resetPassword(body);
      return undefined;
    },
  });
}

function meEndpoint(store: AccountStore): Endpoint {
  return endpoint({
    method: 'get',
    path: '/me',
    summary: 'My account',
    access: 'member',
    answer: meSchema,
    errors: ['stored-object-damaged'],
    async run({ req }) {
      const { id, isVerified } = memberOf(req);
      const profile = await store.profile(id);
      return { ...profile, isVerified, createdAt: profile.createdAt.toISOString() };
    },
  });
}

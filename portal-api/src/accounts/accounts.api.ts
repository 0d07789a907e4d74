// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import type { FieldCode } from '../errors.ts';
import { ORGANISATION_ROLES, ROLES, SECOND_STEPS } from '../http/members.ts';
import { operation } from '../http/operation.ts';
import { code, pasted } from '../http/validation.ts';
import { agreementSchema } from '../pages/index.ts';
import { CAPTCHA_CODES, captchaSchema, solvedCaptchaSchema } from './captcha.ts';
import { MAX_PASSWORD, MIN_PASSWORD, passwordFault } from './password.ts';
import { normalizePhone, phoneSchema } from './phone.ts';
import { OPEN_PURPOSES } from './sms-purposes.ts';

export const smsCode = pasted(z.string().regex(/^\d{6}$/)).meta({ example: '123456' });

/** For the document: the rules below refuse, each with its own code. */
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

const organisationOfMember = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.enum(ORGANISATION_ROLES),
  state: z.enum(['PENDING', 'VERIFIED', 'REJECTED']),
});

export type OrganisationOfMember = z.output<typeof organisationOfMember>;

const meSchema = z
  .object({
    userNumber: z.string().meta({ example: 'ID1001' }),
    phone: z.string().meta({ description: 'Masked' }),
    referrer: z.string().nullable(),
    roles: z.array(z.enum(ROLES)).meta({ description: 'Empty until the second step is passed' }),
    secondStep: z.enum(SECOND_STEPS),
    avatar: z.uuid().nullable().meta({ description: 'Another id for each picture' }),
    isVerified: z.boolean().meta({ description: 'The real name of the party acted for is verified' }),
    actingFor: z.uuid().nullable().meta({ description: 'The organisation acted for; null while for myself' }),
    organisations: z.array(organisationOfMember).meta({ description: 'For which I may act' }),
    agreements: z.array(agreementSchema).meta({ description: 'Mine, whomever I act for' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Me' });

export const sentCodeSchema = z.object({ expiresInSeconds: z.int(), resendAfterSeconds: z.int() });

/** What a code was sent for, also where other fields of the form are wrong. */
export const sentCode = z.object({ phone: phoneSchema, code: smsCode });

export const accountApi = {
  makeCaptcha: operation({
    method: 'post',
    path: '/captchas',
    summary: 'A proof-of-work challenge, for a code after several: solved, it is sent with the next request for one',
    access: 'anyone',
    limit: 'sms-code',
    status: 201,
    answer: captchaSchema,
  }),
  sendCode: operation({
    method: 'post',
    path: '/sms-codes',
    summary: 'Send a code to a telephone; the answer does not tell whether it has an account',
    access: 'anyone',
    limit: 'sms-code',
    body: z.strictObject({
      phone: phoneSchema,
      purpose: z.enum(OPEN_PURPOSES),
      captcha: solvedCaptchaSchema.optional(),
    }),
    status: 202,
    answer: sentCodeSchema,
    errors: [...CAPTCHA_CODES, 'sms-too-soon', 'sms-limit-reached'],
  }),
  register: operation({
    method: 'post',
    path: '/accounts',
    summary: 'Register',
    access: 'anyone',
    limit: 'register',
    body: registrationSchema,
    status: 201,
    answer: z.object({ userNumber: z.string() }),
    errors: ['sms-code-invalid', 'phone-registered'],
  }),
  logIn: operation({
    method: 'post',
    path: '/sessions',
    summary: 'Log in; the session and its CSRF token are new afterwards',
    access: 'anyone',
    limit: 'login',
    body: z.strictObject({ phone: phoneSchema, password: z.string().min(1).max(MAX_PASSWORD) }),
    errors: ['credentials-invalid', 'login-locked', 'account-disabled'],
  }),
  logOut: operation({
    method: 'delete',
    path: '/sessions/current',
    summary: 'Log out',
    access: 'anyone',
  }),
  resetPassword: operation({
    method: 'post',
    path: '/password-resets',
    summary: 'Set a new password; all sessions of the account end',
    access: 'anyone',
    limit: 'register',
    body: resetSchema,
    errors: ['sms-code-invalid', 'account-disabled'],
  }),
  me: operation({
    method: 'get',
    path: '/me',
    summary: 'My account',
    access: 'member',
    answer: meSchema,
    errors: ['stored-object-damaged'],
  }),
};

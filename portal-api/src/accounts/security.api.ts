// SPDX-License-Identifier: Apache-2.0
// 账号信息 and 账号安全: the picture, the telephone and the sessions of a member.
import { z } from 'zod';
import { deviceSchema } from '../http/device.ts';
import { operation } from '../http/operation.ts';
import { code, pasted } from '../http/validation.ts';
import { sentCodeSchema, smsCode } from './accounts.api.ts';
import { AVATAR_TYPES, MAX_AVATAR_BYTES } from './avatars.ts';
import { CAPTCHA_CODES, solvedCaptchaSchema } from './captcha.ts';
import { MAX_PASSWORD } from './password.ts';
import { phoneSchema } from './phone.ts';

const sessionSchema = z
  .object({
    id: z.string(),
    isCurrent: z.boolean(),
    ...deviceSchema.shape,
    loggedInAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
  })
  .meta({ id: 'ListedSession' });

const phoneChangeSchema = z
  .strictObject({
    phone: phoneSchema,
    code: smsCode,
    currentCode: smsCode.optional().meta({ description: 'Sent to the telephone of now; instead of the password' }),
    password: z.string().min(1).max(MAX_PASSWORD).optional(),
  })
  .refine(({ currentCode, password }) => currentCode !== undefined || password !== undefined, {
    path: ['currentCode'],
    ...code('missing'),
  })
  .meta({ id: 'PhoneChange' });

export const securityApi = {
  setAvatar: operation({
    method: 'put',
    path: '/me/avatar',
    summary: 'My picture: its middle, square, kept without metadata and encrypted',
    access: 'member',
    limit: 'identity',
    bytes: { mediaTypes: AVATAR_TYPES, limitBytes: MAX_AVATAR_BYTES },
    answer: z.object({ avatar: z.uuid() }),
    errors: ['image-invalid', 'payload-too-large', 'unsupported-media-type'],
  }),
  readAvatar: operation({
    method: 'get',
    path: '/me/avatar',
    summary: 'My picture',
    access: 'member',
    media: 'image/webp',
    errors: ['file-not-found', 'stored-object-damaged'],
  }),
  removeAvatar: operation({ method: 'delete', path: '/me/avatar', summary: 'Remove my picture', access: 'member' }),
  sendPhoneCode: operation({
    method: 'post',
    path: '/me/phone-codes',
    summary: 'Send a code to my telephone, or to the one that I change to',
    access: 'member',
    limit: 'sms-code',
    body: z.strictObject({
      phone: phoneSchema.optional().meta({ description: 'Without it: my telephone of now' }),
      captcha: solvedCaptchaSchema.optional(),
    }),
    status: 202,
    answer: sentCodeSchema,
    errors: [...CAPTCHA_CODES, 'sms-too-soon', 'sms-limit-reached', 'stored-object-damaged'],
  }),
  changePhone: operation({
    method: 'put',
    path: '/me/phone',
    summary: 'Change to another telephone; my other sessions end',
    access: 'member',
    limit: 'login',
    body: phoneChangeSchema,
    errors: ['sms-code-invalid', 'phone-registered', 'login-locked', 'stored-object-damaged'],
  }),
  sessions: operation({
    method: 'get',
    path: '/sessions',
    summary: 'Where I am logged in, the newest first',
    access: 'member',
    answer: z.object({ items: z.array(sessionSchema) }),
  }),
  endSession: operation({
    method: 'delete',
    path: '/sessions/{id}',
    summary: 'Log a session of mine out',
    access: 'member',
    params: z.object({ id: pasted(z.string().max(64)) }),
    errors: ['session-not-found'],
  }),
  endSessions: operation({
    method: 'delete',
    path: '/sessions',
    summary: 'Log out everywhere: every session ends, or all but this one',
    access: 'member',
    query: z.strictObject({ keep: z.literal('current').optional() }),
  }),
};

// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../http/operation.ts';
import { pasted } from '../http/validation.ts';

const ONE_TIME = /^\d{6}$/;
const RECOVERY = /^[0-9a-zA-Z]{5}-?[0-9a-zA-Z]{5}$/;

const oneTimeCode = pasted(z.string().regex(ONE_TIME)).meta({ example: '123456' });
const anyCode = pasted(z.union([z.string().regex(ONE_TIME), z.string().regex(RECOVERY)])).meta({
  description: 'Of the authenticator, or a recovery code',
  example: '123456',
});

const errors = ['forbidden', 'second-step-wrong', 'second-step-locked', 'second-step-not-enrolled'] as const;

export const secondStepApi = {
  pass: operation({
    method: 'post',
    path: '/session/second-step',
    summary:
      'Second step of a staff log-in; until then the session is that of a member. The CSRF token is new afterwards',
    access: 'member',
    limit: 'login',
    body: z.strictObject({ code: anyCode }),
    errors: [...errors],
  }),
  enrol: operation({
    method: 'post',
    path: '/session/second-step/enrolment',
    summary: 'A secret for an authenticator; it counts once a code of it was confirmed',
    access: 'member',
    limit: 'login',
    answer: z.object({ secret: z.string(), uri: z.string() }),
    errors: ['forbidden', 'second-step-required'],
  }),
  confirm: operation({
    method: 'post',
    path: '/session/second-step/confirmation',
    summary:
      'Confirm the secret with a code; answers recovery codes, which are shown once. The CSRF token is new afterwards',
    access: 'member',
    limit: 'login',
    body: z.strictObject({ code: oneTimeCode }),
    answer: z.object({ recoveryCodes: z.array(z.string()) }),
    errors: [...errors, 'second-step-required'],
  }),
};

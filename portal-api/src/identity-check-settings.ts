// SPDX-License-Identifier: Apache-2.0
// Whether real names are compared with an outside service, and how that is reached.
import { urlOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { contentOf, invalidSetting, isThisMachine } from './reading-settings.ts';

export const identityCheckSettings = {
  IDENTITY_CHECK_DRIVER: z
    .enum(['none', 'signed-http'])
    .default('none')
    .describe(
      '`signed-http` compares real names with an outside service, afterwards: name it in the privacy notice first. `none` sends nothing to anybody',
    ),
  IDENTITY_CHECK_URL: urlOf('https:', 'http:')
    .optional()
    .describe('Address of the service; http is for this machine alone'),
  IDENTITY_CHECK_APP_ID: z.string().min(1).optional().describe('Name under which the service knows this site'),
  IDENTITY_CHECK_KEY_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('File with the key that signs requests and answers, 16 characters or more'),
  IDENTITY_CHECK_FACTORS: z
    .enum(['2', '3'])
    .default('2')
    .describe('`2` sends name and number; `3` the telephone as well'),
};

type Environment = z.output<z.ZodObject<typeof identityCheckSettings>>;

const LEAST_KEY = 16;

/** Undefined: nothing is checked outside. */
export function identityCheckOf(env: Environment) {
  if (env.IDENTITY_CHECK_DRIVER === 'none') return undefined;
  const { IDENTITY_CHECK_URL: url, IDENTITY_CHECK_APP_ID: appId, IDENTITY_CHECK_KEY_FILE: keyFile } = env;
  if (!url || !appId || !keyFile)
    throw invalidSetting('IDENTITY_CHECK_DRIVER=signed-http needs IDENTITY_CHECK_URL, _APP_ID and _KEY_FILE');
  if (new URL(url).protocol === 'http:' && !isThisMachine(url))
    throw invalidSetting('IDENTITY_CHECK_URL must be https');
  const key = contentOf('IDENTITY_CHECK_KEY_FILE', keyFile).trim();
  if (key.length < LEAST_KEY)
    throw invalidSetting(`IDENTITY_CHECK_KEY_FILE: the key is shorter than ${LEAST_KEY} characters`);
  return { url, appId, key, factors: env.IDENTITY_CHECK_FACTORS === '3' ? (3 as const) : (2 as const) };
}

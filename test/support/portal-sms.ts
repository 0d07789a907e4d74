// SPDX-License-Identifier: Apache-2.0
// Text-message codes of a test's portal.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PortalAnswer, PortalClient, TestPortal } from './portal.ts';

/** Proves the work that a code costs after several, as the pages do. */
export async function askForCode(client: PortalClient, phone: string, purpose = 'REGISTER'): Promise<PortalAnswer> {
  const answer = await client.post('/sms-codes', { phone, purpose });
  if (answer.code !== 'captcha-required') return answer;
  return client.post('/sms-codes', { phone, purpose, captcha: await solveCaptcha(client) });
}

export interface SolvedCaptcha {
  challenge: { parameters: { nonce: string; expiresAt: number }; signature: string };
  solution: { counter: number; derivedKey: string };
}

export async function solveCaptcha(client: PortalClient): Promise<SolvedCaptcha> {
  const { body: challenge } = await client.post('/captchas');
  const { solveChallenge, deriveKey } = await solver;
  const { counter, derivedKey } = await solveChallenge({ challenge, deriveKey });
  return { challenge, solution: { counter, derivedKey } };
}

/** The library is a package of the portal. */
const solver = (async () => {
  const { resolve } = createRequire(path.resolve(import.meta.dirname, '../../portal-api/package.json'));
  const load = (name: string) => import(pathToFileURL(resolve(name)).href);
  const [{ solveChallenge }, { deriveKey }] = await Promise.all([
    load('altcha-lib'),
    load('altcha-lib/algorithms/pbkdf2'),
  ]);
  return { solveChallenge, deriveKey };
})();

/** As if they had been sent so much earlier. */
export async function ageCodes(portal: TestPortal, phone: string, seconds: number): Promise<void> {
  await portal.db.query(
    `UPDATE sms_code SET sent_at = sent_at - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2)
      WHERE phone_index = $1`,
    [portal.vault.blindIndex('phone', phone), seconds],
  );
}

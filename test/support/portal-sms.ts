// SPDX-License-Identifier: Apache-2.0
// Text-message codes of a test's portal.
import type { PortalAnswer, PortalClient, TestPortal } from './portal.ts';

export function askForCode(client: PortalClient, phone: string, purpose = 'REGISTER'): Promise<PortalAnswer> {
  return client.post('/sms-codes', { phone, purpose });
}

/** As if they had been sent so much earlier. */
export async function ageCodes(portal: TestPortal, phone: string, seconds: number): Promise<void> {
  await portal.db.query(
    `UPDATE sms_code SET sent_at = sent_at - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2)
      WHERE phone_index = $1`,
    [portal.vault.blindIndex('phone', phone), seconds],
  );
}

// SPDX-License-Identifier: Apache-2.0
// Who comes to the counter, and the 授权委托书 they bring.
import { expectStatus, type PortalAnswer, type PortalClient } from './portal.ts';

/** What a reader takes for a PDF. */
export const MANDATE = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

export const codeOf = ({ status, code }: PortalAnswer): string => String(code ?? status);

export const numberOf = async (of: PortalClient): Promise<string> =>
  (await expectStatus(200, of.get('/me'))).body.userNumber;

export const sendMandate = (by: PortalClient, bytes = MANDATE, type = 'application/pdf') =>
  by.sendBytes('POST', '/staff/counter-mandates', bytes, { 'Content-Type': type });

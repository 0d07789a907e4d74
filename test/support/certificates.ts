// SPDX-License-Identifier: Apache-2.0
// A portal on a real ledger, and orders that went all the way to their certificate.
import path from 'node:path';
import { approve, type Order, type OrdersPortal, orderIn, paidOrder, startOrdersPortal } from './orders.ts';
import type { PortalMember } from './portal.ts';
import { temporaryFolder } from './temporary.ts';
import { writePackagePages } from './web-folder.ts';
import { startWholeLedger, type WholeLedger } from './whole-ledger.ts';

export interface CertificatesPortal extends OrdersPortal {
  ledger: WholeLedger;
  /** Stands in for the built offline verifier. */
  verifyPage: string;
}

export const VERIFY_PAGE = '<!doctype html><title>verifier</title>';

export async function startCertificatesPortal(
  environment: Record<string, string> = {},
  log?: (line: string) => void,
): Promise<CertificatesPortal> {
  const ledger = await startWholeLedger();
  const webFolder = path.join(temporaryFolder(), 'web');
  const verifyPage = writePackagePages(webFolder, VERIFY_PAGE);
  const settings = { LEDGER_URL: ledger.url, LEDGER_API_KEY_FILE: ledger.keyFile, WEB_DIST: webFolder };
  const portal = await startOrdersPortal({ ...settings, ...environment }, log);
  return {
    ...portal,
    ledger,
    verifyPage,
    async stop() {
      await portal.stop();
      await ledger.stop();
    },
  };
}

export async function approvedOrder(portal: Pick<OrdersPortal, 'reviewer'>, member: PortalMember): Promise<Order> {
  const { id } = await paidOrder(member);
  await orderIn('UNDER_REVIEW', member, id);
  await approve(await portal.reviewer(), id);
  return { id };
}

export async function certifiedOrder(portal: Pick<OrdersPortal, 'reviewer'>, member: PortalMember): Promise<Order> {
  const { id } = await approvedOrder(portal, member);
  return orderIn('CERTIFIED', member, id, 180_000);
}

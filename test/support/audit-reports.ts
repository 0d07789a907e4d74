// SPDX-License-Identifier: Apache-2.0
// Reports of audits as the verifier writes them, of the registry that a portal's ledger has.
import { parseTrustFile } from '@inkseal/verifier';
import type { AuditReport } from '@inkseal/verifier/audit';
import { auditOf, type Items } from '../../verifier/vectors/support/audits.ts';
import { makeRegistryChain } from '../../verifier/vectors/support/registry-chain.ts';
import { expectStatus, type PortalAnswer, type PortalClient } from './portal.ts';

/** What an auditor passed, which is no proof. */
export const UNREADABLE: Items = { 'a.proof.json': new TextEncoder().encode('no proof') };

interface ReportParts {
  daysAgo?: number;
  items?: Items;
  sample?: { size: number; seed: string };
}

export async function auditReportOf(
  reader: PortalClient,
  { daysAgo = 0, items = {}, ...sample }: ReportParts = {},
): Promise<AuditReport> {
  const trust = parseTrustFile((await expectStatus(200, reader.get('/lookup/trust'))).bytes);
  const [network] = trust.networks;
  const contract = network?.registries[0]?.address;
  if (!network || !contract) throw new RangeError('no registry');
  const at = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
  const run = { startedAt: at, endedAt: at, program: 'inkseal-audit', version: '0.1.0' };
  const report = await auditOf(makeRegistryChain({ counts: [3, 2] }), items, sample);
  return { ...report, registry: { chainId: network.chainId, contract }, run };
}

export function publishAuditReport(by: PortalClient, report: object): Promise<PortalAnswer> {
  const headers = { 'Content-Type': 'application/json' };
  return by.sendBytes('POST', '/staff/audit-reports', Buffer.from(JSON.stringify(report)), headers);
}

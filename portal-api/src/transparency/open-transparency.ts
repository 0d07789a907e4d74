// SPDX-License-Identifier: Apache-2.0
import { newestProof } from '../audit/index.ts';
import type { Domain } from '../domain.ts';
import { DomainError } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import { type Feed, feedEndpoints } from '../http/feeds.ts';
import { proofTypeOf } from '../http/proof-media.ts';
import { keepFor } from '../keep-for.ts';
import type { Platform } from '../platform.ts';
import { type PublicBatch, transparencyApi } from './transparency.api.ts';
import { publicRegistry, readTransparency } from './transparency.ts';

const TITLE = '存证公示';
/** Each reading counts the certificates of thirty days and verifies a proof. */
const KEPT_MS = 60_000;

export function openTransparency(
  { db, ledger, publicUrl }: Pick<Platform, 'db' | 'ledger' | 'publicUrl'>,
  { siteName }: { siteName(): Promise<string> },
): Domain {
  const read = keepFor(KEPT_MS, () => readTransparency({ db: db.prisma, ledger }, new Date()));
  const batches = keepFor(KEPT_MS, async () => (await publicRegistry(ledger)).newest);
  const proofs = keepFor(KEPT_MS, async (id: string) => {
    const batch = await ledger.batch(id);
    return batch && ledger.proof(batch.firstNumber);
  });
  return {
    openEndpoints: [
      endpoint(transparencyApi.read, () => read('')),
      endpoint(transparencyApi.batchProof, async ({ params: { id }, res }) => {
        const proof = await proofs(id);
        if (!proof) throw new DomainError('number-not-found');
        res.set('Content-Type', proofTypeOf(proof)).set('Cache-Control', 'no-cache');
        res.set('Content-Disposition', `attachment; filename="batch-${id}.proof.json"`).end(proof);
        return undefined;
      }),
      endpoint(transparencyApi.auditProof, async ({ res }) => {
        const head = await newestProof(db.prisma);
        if (!head) throw new DomainError('audit-head-not-found');
        res.set('Content-Type', proofTypeOf(head.proof)).set('Cache-Control', 'no-cache');
        res.set('Content-Disposition', `attachment; filename="audit-head-${head.day}.proof.json"`).end(head.proof);
        return undefined;
      }),
      ...feedEndpoints(transparencyApi, {
        publicUrl,
        feed: async () => feedOf(publicUrl(), await siteName(), await batches('')),
      }),
    ],
  };
}

function feedOf(url: string, siteName: string, batches: readonly PublicBatch[]): Feed {
  return {
    title: `${siteName} ${TITLE}`,
    description: TITLE,
    page: `${url}/transparency`,
    items: batches.map(({ id, firstNumber, count, root, block, closedAt }) => ({
      id: `batch-${id}`,
      url: `${url}/transparency#batch-${id}`,
      title: `第 ${id} 批，共 ${count} 项`,
      text: [`首个编号 ${firstNumber}`, `根 ${root}`, ...(block === null ? [] : [`区块 ${block}`])].join('；'),
      at: new Date(closedAt),
    })),
  };
}

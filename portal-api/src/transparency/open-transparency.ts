// SPDX-License-Identifier: Apache-2.0
import { newestProof } from '../audit/index.ts';
import type { Domain } from '../domain.ts';
import { DomainError } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import { type Feed, feedEndpoints } from '../http/feeds.ts';
import { sendProof } from '../http/proof-media.ts';
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
  const registries = keepFor(KEPT_MS, () => publicRegistry(ledger));
  const registry = () => registries('');
  const read = keepFor(KEPT_MS, () => readTransparency({ db: db.prisma, registry }, new Date()));
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
        return sendProof(res, proof, `batch-${id}`);
      }),
      endpoint(transparencyApi.auditProof, async ({ res }) => {
        const head = await newestProof(db.prisma);
        if (!head) throw new DomainError('audit-head-not-found');
        return sendProof(res, head.proof, `audit-head-${head.day}`);
      }),
      ...feedEndpoints(transparencyApi, {
        publicUrl,
        feed: async () => feedOf(publicUrl(), await siteName(), (await registry()).newest),
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

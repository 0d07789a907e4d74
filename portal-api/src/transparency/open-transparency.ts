// SPDX-License-Identifier: Apache-2.0
import { AUDIT_MEDIA_TYPE } from '@inkseal/verifier/audit';
import { newestProof } from '../audit/index.ts';
import type { Domain } from '../domain.ts';
import { DomainError } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import { type Feed, type FeedItem, feedEndpoints } from '../http/feeds.ts';
import { memberOf } from '../http/members.ts';
import { sendProof } from '../http/proof-media.ts';
import { keepFor } from '../keep-for.ts';
import type { Platform } from '../platform.ts';
import { totalOf } from './audit-report.schema.ts';
import { auditReportApi, type PublishedAudit, staffAuditReportApi } from './audit-reports.api.ts';
import { listReports, publicReports, publishReport, readReport } from './audit-reports.ts';
import { type PublicBatch, transparencyApi } from './transparency.api.ts';
import { publicRegistry, readTransparency } from './transparency.ts';

const TITLE = '存证公示';
/** Each reading counts the certificates of thirty days and verifies a proof. */
const KEPT_MS = 60_000;
/** Reports of audits that the feeds list. */
const AUDITS_IN_FEED = 10;

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
  const lastAudit = async () => (await publicReports(db.prisma, 1))[0] ?? null;
  return {
    endpoints: [
      endpoint(staffAuditReportApi.list, async () => ({ items: await listReports(db.prisma) })),
      endpoint(staffAuditReportApi.publish, ({ bytes, req }) =>
        publishReport({ db, ledger }, { staffId: memberOf(req).id, bytes: new Uint8Array(bytes) }),
      ),
    ],
    openEndpoints: [
      endpoint(transparencyApi.read, async () => ({ ...(await read('')), lastAudit: await lastAudit() })),
      endpoint(auditReportApi.read, async ({ params: { sha256 }, res }) => {
        const file = await readReport(db.prisma, sha256);
        res.set('Content-Type', AUDIT_MEDIA_TYPE).set('Cache-Control', 'no-cache');
        res.set('Content-Disposition', `attachment; filename="audit-${sha256.slice(0, 8)}.json"`).end(file);
        return undefined;
      }),
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
        feed: async () => {
          const [{ newest }, audits] = await Promise.all([registry(), publicReports(db.prisma, AUDITS_IN_FEED)]);
          return feedOf(await siteName(), `${publicUrl()}/transparency`, [
            ...newest.map(batchItem),
            ...audits.map(auditItem),
          ]);
        },
      }),
    ],
  };
}

type Item = Omit<FeedItem, 'url'>;

function feedOf(siteName: string, page: string, items: readonly Item[]): Feed {
  return {
    title: `${siteName} ${TITLE}`,
    description: TITLE,
    page,
    items: items
      .toSorted((one, other) => other.at.getTime() - one.at.getTime())
      .map((item) => ({ ...item, url: `${page}#${item.id}` })),
  };
}

const batchItem = ({ id, firstNumber, count, root, block, closedAt }: PublicBatch): Item => ({
  id: `batch-${id}`,
  title: `第 ${id} 批，共 ${count} 项`,
  text: [`首个编号 ${firstNumber}`, `根 ${root}`, ...(block === null ? [] : [`区块 ${block}`])].join('；'),
  at: new Date(closedAt),
});

function auditItem({ sha256, counts, sample, chain, run, publishedAt }: PublishedAudit): Item {
  const found = Object.entries(counts).map(([code, count]) => `${code} ${count} 项`);
  const scope = sample ? `抽样 ${sample.size} 件，种子 ${sample.seed}` : '全部';
  return {
    id: `audit-${sha256}`,
    title: found.length === 0 ? '审计：未发现问题' : `审计：发现 ${totalOf(counts)} 个问题`,
    text: [
      `${run.program} ${run.version}，${run.endedAt} 结束`,
      `范围：${scope}，截至区块 ${chain.throughBlock}`,
      ...found,
      `报告 SHA-256 ${sha256}`,
    ].join('；'),
    at: new Date(publishedAt),
  };
}

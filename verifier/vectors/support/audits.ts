// Audits as their tests run them: over a made-up registry, and items that are kept in memory.
import { createBatchTable } from '../../src/audit/batch-table.ts';
import {
  type AuditContext,
  type AuditNode,
  type AuditPlan,
  type AuditReport,
  type AuditTarget,
  folderStage,
  type ItemSource,
  ItemUnreadable,
  openPart,
  runAudit,
  type Sample,
  type SavedAudit,
} from '../../src/audit/index.ts';
import { FIRST, type RegistryChain } from './registry-chain.ts';

export type Items = Readonly<Record<string, Uint8Array | Error>>;

export interface AuditChoices {
  readonly node?: Partial<AuditNode>;
  readonly sample?: Sample;
  readonly saved?: SavedAudit;
  readonly save?: AuditPlan['save'];
  readonly onProgress?: AuditPlan['onProgress'];
  readonly saveEveryMs?: number;
}

/** Of an audit that has read no batch and found nothing: each number is newer than it. */
export function auditContext(chain: RegistryChain, sample?: Sample): AuditContext {
  const scope = { throughBlock: 0n, throughTime: 0n, firstNumber: FIRST, nextNumber: FIRST, batchCount: 0n };
  const basis = { target: targetOf(chain), scope, batches: createBatchTable().rows(), revocations: new Map() };
  return { ...openPart(basis, chain.node)(), sample };
}

export function auditOf(chain: RegistryChain, items: Items = {}, choices: AuditChoices = {}): Promise<AuditReport> {
  const { node, sample, saved, save = async () => {}, onProgress = () => {}, saveEveryMs } = choices;
  return runAudit({
    node: { ...chain.node, ...node },
    target: targetOf(chain),
    trustSha256: '0'.repeat(64),
    stages: [folderStage(sourceOf(items))],
    ...(sample && { sample }),
    program: 'a test',
    subject: 'a test',
    ...(saved && { saved }),
    save,
    onProgress,
    ...(saveEveryMs !== undefined && { saveEveryMs }),
  });
}

function targetOf({ trust }: RegistryChain): AuditTarget {
  const [network] = trust.networks;
  const [registry] = network?.registries ?? [];
  if (!network || !registry) throw new RangeError('no registry');
  return { trust, network, registry };
}

/** What was found, by code and subject. */
export const foundIn = ({ listed }: AuditReport): string[] =>
  listed.map(({ code, cause, subject }) => [code, ...(cause ? [cause] : []), subject].join(' '));

function sourceOf(items: Items): ItemSource {
  return {
    async *names() {
      yield* Object.keys(items).sort();
    },
    sizeOf: async (name) => bytesOf(items, name).length,
    async read(name, use) {
      const bytes = bytesOf(items, name);
      return use({ size: bytes.length, read: async (offset, length) => bytes.slice(offset, offset + length) });
    },
  };
}

function bytesOf(items: Items, name: string): Uint8Array {
  const bytes = items[name];
  if (!(bytes instanceof Uint8Array)) throw new ItemUnreadable('EACCES');
  return bytes;
}

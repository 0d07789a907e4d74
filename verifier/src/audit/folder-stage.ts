// What an outsider holds: files of any kind, in an order that stays. Receipts are read first, so that proofs can decide them
// in whatever order they come; of everything else only what is being judged is in memory.
import type { ByteSource } from '../containers/index.ts';
import { type AuditContext, AuditMismatch, type AuditStage } from './context.ts';
import { listFindings } from './findings.ts';
import { type AuditItem, judgeItem } from './judge-item.ts';
import {
  decideReceipt,
  type HeldReceipt,
  isOurReceipt,
  MAX_RECEIPT_SIZE,
  readReceipt,
  settleReceipt,
} from './receipts.ts';
import { chooseSample } from './sample.ts';

/** Where the items come from. Names are unique, and each call gives them in the same order. */
export interface ItemSource {
  names(): AsyncIterable<string>;
  /** Bytes; rejects with ItemUnreadable. */
  sizeOf(name: string): Promise<number>;
  /** Rejects with ItemUnreadable where the item cannot be opened. */
  read<T>(name: string, use: (source: ByteSource) => Promise<T>): Promise<T>;
}

export class ItemUnreadable extends Error {
  override readonly name = 'ItemUnreadable';
}

export function folderStage(source: ItemSource): AuditStage {
  return { name: 'items', run: (context, after) => judgeAll(context, source, after) };
}

async function* judgeAll(
  context: AuditContext,
  source: ItemSource,
  after: string | undefined,
): AsyncGenerator<readonly string[]> {
  const isChosen = await chooseSample(source.names(), context.sample);
  // What an earlier run found about receipts is among its findings.
  const receipts = await readReceipts(after === undefined ? context : silent(context), source, isChosen);
  let isBehind = after !== undefined;
  for await (const name of source.names()) {
    if (!isBehind && isChosen(name) && !receipts.names.has(name)) await judgeOne(context, { source, name, receipts });
    if (name === after) isBehind = false;
    else if (!isBehind) yield [name];
  }
  if (isBehind) throw new AuditMismatch('what an earlier run had judged is no longer there');
  for (const held of [...receipts.byNumber.values()].flat()) {
    if (!context.decided.has(held.receipt.number)) settleReceipt(context, held);
  }
}

const silent = (context: AuditContext): AuditContext => ({
  ...context,
  findings: listFindings(),
  count: () => undefined,
});

interface Receipts {
  readonly names: ReadonlySet<string>;
  readonly byNumber: ReadonlyMap<string, readonly HeldReceipt[]>;
}

async function readReceipts(
  context: AuditContext,
  source: ItemSource,
  isChosen: (name: string) => boolean,
): Promise<Receipts> {
  const names = new Set<string>();
  const byNumber = new Map<string, HeldReceipt[]>();
  for await (const name of source.names()) {
    const bytes = isChosen(name) ? await readSmall(source, name) : undefined;
    const receipt = bytes && readReceipt(bytes);
    if (!bytes || !receipt) continue;
    names.add(name);
    context.count('receipts');
    if (!(await isOurReceipt(context, name, bytes))) continue;
    byNumber.set(receipt.number, [...(byNumber.get(receipt.number) ?? []), { name, receipt }]);
  }
  return { names, byNumber };
}

/** What cannot be opened is said when its turn comes. */
async function readSmall(source: ItemSource, name: string): Promise<Uint8Array | undefined> {
  try {
    if ((await source.sizeOf(name)) > MAX_RECEIPT_SIZE) return undefined;
    return await source.read(name, ({ size, read }) => read(0, Math.min(size, MAX_RECEIPT_SIZE)));
  } catch (error) {
    if (error instanceof ItemUnreadable) return undefined;
    throw error;
  }
}

interface Turn {
  readonly source: ItemSource;
  readonly name: string;
  readonly receipts: Receipts;
}

async function judgeOne(context: AuditContext, { source, name, receipts }: Turn): Promise<void> {
  try {
    await source.read(name, async (opened) => {
      const item: AuditItem = { name, source: opened };
      const proven = await judgeItem(context, item);
      if (!proven || context.decided.has(proven.number)) return;
      const held = receipts.byNumber.get(proven.number);
      if (!held) return;
      for (const one of held) await decideReceipt(context, one, proven);
      context.decided.add(proven.number);
    });
  } catch (error) {
    if (!(error instanceof ItemUnreadable)) throw error;
    context.findings.add({ code: 'item-unreadable', cause: 'cannot-read', subject: name, found: error.message });
  }
}

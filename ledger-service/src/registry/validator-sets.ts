// SPDX-License-Identifier: Apache-2.0
// The validators of a QBFT chain, from the block the registry was bound at. A header names the validators that seal it,
// so a change is accepted only when the block before it is sealed by the old set, and a quorum of the old set sealed
// blocks that name the new one. What is recorded here becomes the trust file.
import { parseHeader, qbftExtra, quorum, toHex0x, verifySeals } from '@inkseal/verifier';
import type { Logger } from 'pino';
import type { Chain, Header } from '../chain/index.ts';
import { bytesOf, type Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { createNews } from '../news.ts';

export interface ValidatorSet {
  readonly fromBlock: bigint;
  /** Lower-case 0x addresses. */
  readonly validators: readonly string[];
}

export interface ValidatorSets {
  /** Follows the lists up to this final header, and records each change. */
  follow(upTo: Header): Promise<void>;
  /** Throws VerificationError unless the set in force sealed the header. Without such a consensus there is nothing to ask. */
  verify(header: Header): void;
}

/** Up to this many blocks behind, every header is read; further behind, changes are found by halving. */
const DENSE_BLOCKS = 512n;
/** Blocks that may pass until a quorum of the old set has sealed under the new one. */
const BACKING_BLOCKS = 64n;

/** What following asks of a chain. */
type HeaderSource = Pick<Chain, 'consensus' | 'header'>;

export async function createValidatorSets(db: Db, chain: HeaderSource, log: Logger): Promise<ValidatorSets> {
  if (chain.consensus === 'none') return { follow: async () => undefined, verify: () => undefined };
  const sets = await readValidatorSets(db);
  const news = createNews();
  const registry = await db.registry.findFirst({ select: { followedBlock: true } });
  let followed = registry?.followedBlock ?? 0n;

  async function remember(set: ValidatorSet, header: Header): Promise<void> {
    const row = {
      fromBlock: set.fromBlock,
      validators: set.validators.map(bytesOf),
      headerRlp: new Uint8Array(header.rlp),
    };
    await db.validatorSet.createMany({ data: [row], skipDuplicates: true });
    sets.push(set);
    log.info({ fromBlock: String(set.fromBlock), validators: set.validators.length }, 'validator set recorded');
  }

  function noteUnbacked({ number }: Header): void {
    if (news.isNew('unbacked', String(number)))
      log.warn(
        { block: String(number) },
        'validator set not accepted yet: the previous set has not sealed a block under it',
      );
  }

  async function follow(upTo: Header): Promise<void> {
    if (sets.length === 0) {
      // The first set is the operator's own word, as the trust file's is for its reader.
      if (upTo.number > 0n) verifySeals(parseHeader(upTo.rlp, 'qbft'), validatorsOf(upTo));
      await remember({ fromBlock: upTo.number, validators: validatorsOf(upTo) }, upTo);
      followed = upTo.number;
    }
    for (const change of await findChanges(chain, followed, upTo)) {
      const old = sets.at(-1);
      if (!old || !(await isBacked(chain, { old, change, upTo: upTo.number }))) return noteUnbacked(change);
      await remember({ fromBlock: change.number, validators: validatorsOf(change) }, change);
    }
    if (upTo.number <= followed) return;
    followed = upTo.number;
    await db.registry.updateMany({ where: { followedBlock: { lt: followed } }, data: { followedBlock: followed } });
  }

  return { follow, verify: (header) => requireSealed(sets, header) };
}

/** Throws VerificationError unless the set that holds at this block sealed it. */
export function requireSealed(sets: readonly ValidatorSet[], header: Header): void {
  const set = sets.findLast(({ fromBlock }) => fromBlock <= header.number);
  if (!set) throw new DomainError('chain-unavailable', { block: String(header.number), validators: 'unknown' });
  // The genesis block has no seals: whoever knows its hash knows all of it.
  if (header.number > 0n) verifySeals(parseHeader(header.rlp, 'qbft'), set.validators);
}

export async function readValidatorSets(db: Db): Promise<ValidatorSet[]> {
  const rows = await db.validatorSet.findMany({
    orderBy: { fromBlock: 'asc' },
    select: { fromBlock: true, validators: true },
  });
  return rows.map(({ fromBlock, validators }) => ({ fromBlock, validators: validators.map(toHex0x) }));
}

const validatorsOf = (header: Header): string[] => qbftExtra(parseHeader(header.rlp, 'qbft')).validators.map(toHex0x);

const listOf = (header: Header): string => validatorsOf(header).toSorted().join();

/** The headers after `from`, up to `to`, whose list differs from the one before them. */
async function findChanges(chain: HeaderSource, from: bigint, to: Header): Promise<Header[]> {
  if (to.number <= from) return [];
  const first = await requireHeader(chain, from);
  return changesBetween(chain, first, to);
}

// Halving misses a set that came and went between two blocks with equal lists, which can only happen to blocks made
// while the ledger was away; it used none of them.
async function changesBetween(chain: HeaderSource, low: Header, high: Header): Promise<Header[]> {
  const distance = high.number - low.number;
  if (distance === 0n) return [];
  if (distance === 1n) return listOf(low) === listOf(high) ? [] : [high];
  if (distance > DENSE_BLOCKS && listOf(low) === listOf(high)) return [];
  const middle = await requireHeader(chain, low.number + distance / 2n);
  return [...(await changesBetween(chain, low, middle)), ...(await changesBetween(chain, middle, high))];
}

interface Change {
  readonly old: ValidatorSet;
  readonly change: Header;
  readonly upTo: bigint;
}

async function isBacked(chain: HeaderSource, { old, change, upTo }: Change): Promise<boolean> {
  const members = new Set(old.validators);
  const backers = new Set<string>();
  let parent = await requireHeader(chain, change.number - 1n);
  if (parent.number > 0n) verifySeals(parseHeader(parent.rlp, 'qbft'), old.validators);
  const last = change.number + BACKING_BLOCKS < upTo ? change.number + BACKING_BLOCKS : upTo;
  for (let block = change.number; block <= last; block += 1n) {
    const header = await requireHeader(chain, block);
    if (header.parentHash !== parent.hash || listOf(header) !== listOf(change)) return false;
    const sealers = verifySeals(parseHeader(header.rlp, 'qbft'), validatorsOf(header));
    for (const sealer of sealers) if (members.has(sealer)) backers.add(sealer);
    if (backers.size >= quorum(members.size)) return true;
    parent = header;
  }
  return false;
}

async function requireHeader(chain: HeaderSource, block: bigint): Promise<Header> {
  const header = await chain.header(block);
  if (!header) throw new DomainError('chain-unavailable', { block: String(block) });
  return header;
}

// Checks 5, 10 and 11: the statement's place in its batch, the block it is younger than, and the order of all times.
import type { Bundle } from '../bundle/bundle.ts';
import type { Header } from '../chain/header.ts';
import { fromHex, toHex } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { rootFromPath } from '../merkle/inclusion.ts';
import { leafHash } from '../merkle/tree.ts';
import { type Finding, formatSeconds } from '../report.ts';
import { encodeStatement } from '../statement/statement.ts';
import { type ChainView, possibleHashes, readHeader, requireOnChain, type State, sealersOf } from './chain-view.ts';
import { type Captured, requireEqual, unwrap, unwrapEarlier } from './run.ts';

/** By how much the operator's clock may run ahead of the chain's, in milliseconds. */
const CLOCK_TOLERANCE_MS = 5_000n;

export function checkInclusion({ statement, inclusion, anchor: { batch } }: Bundle): Finding {
  const { index, count, path } = inclusion;
  requireEqual('count-mismatch', 'the path is for a batch of another size', {
    expected: String(batch.count),
    found: String(count),
  });
  if (index >= count) {
    throw new VerificationError('index-out-of-range', 'the batch has no such leaf', {
      expected: `below ${count}`,
      found: String(index),
    });
  }
  requireEqual('number-mismatch', 'the leaf at this place has another number', {
    expected: String(BigInt(batch.firstNumber) + BigInt(index)),
    found: statement.number,
  });
  const root = toHex(rootFromPath(leafHash(encodeStatement(statement)), index, count, path.map(fromHex)));
  requireEqual('root-mismatch', 'the statement is not in this batch', { expected: batch.root, found: root });
  return { detail: `leaf ${index} of ${count}`, expected: batch.root, found: root };
}

/** The not-before header, read once for the checks that need it. */
export const readNotBefore = (view: ChainView, { notBefore }: Bundle): Captured<Header> =>
  readHeader(view, notBefore.headerRlp);

export async function checkNotBefore(view: ChainView, captured: Captured<Header>, bundle: Bundle): Promise<Finding> {
  const header = unwrap(captured);
  const { block, hash } = bundle.statement.notBefore;
  const headerRlp = fromHex(bundle.notBefore.headerRlp);
  requireEqual('not-before-block-mismatch', 'the statement names another block', {
    expected: block,
    found: String(header.number),
  });
  const hashes = possibleHashes(headerRlp, view.consensus);
  if (!hashes.includes(hash)) {
    throw new VerificationError('not-before-hash-mismatch', 'the statement names another block hash', {
      expected: hash,
      found: hashes.join(' or '),
    });
  }
  if (view.trusted?.network.consensus === 'qbft') sealersOf(view.trusted.network, header, view.shared);
  if (view.node) await requireOnChain(view.node, view, headerRlp, header);
  return { detail: `the statement is younger than block ${block}`, expected: hash, found: hash };
}

export function checkTimeOrder(notBefore: Captured<Header>, state: State, { statement, anchor }: Bundle): Finding {
  const before = unwrapEarlier(notBefore, 'the not-before header');
  const anchored = unwrapEarlier(state.header, 'the anchor header');
  if (before.number >= anchored.number) {
    throw new VerificationError('blocks-out-of-order', 'the not-before block does not come before the anchor block', {
      expected: `below block ${anchored.number}`,
      found: `block ${before.number}`,
    });
  }
  const anchoredAt = BigInt(anchor.batch.anchoredAt);
  const times = [before.timestamp, anchoredAt, anchored.timestamp].map(formatSeconds).join(' ≤ ');
  if (before.timestamp > anchoredAt || anchoredAt > anchored.timestamp) {
    throw new VerificationError('times-out-of-order', 'not-before, anchoring and block time are out of order', {
      expected: 'rising times',
      found: times.replaceAll(' ≤ ', ', '),
    });
  }
  if (BigInt(Date.parse(statement.receivedAt)) > anchoredAt * 1000n + CLOCK_TOLERANCE_MS) {
    throw new VerificationError('received-after-anchor', 'the operator states a later time than the anchoring', {
      expected: `at most 5 s after ${formatSeconds(anchoredAt)}`,
      found: statement.receivedAt,
    });
  }
  return { detail: 'all times are in order', found: times };
}

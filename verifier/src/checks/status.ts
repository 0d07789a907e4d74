// Check 12: was the number revoked, as of the status header's block and, with a node, as of its newest block?
import type { Bundle } from '../bundle/bundle.ts';
import type { Header } from '../chain/header.ts';
import { decodeRevocation, revocationSlot } from '../chain/registry.ts';
import { verifyStorageProof } from '../chain/state-proof.ts';
import { fromHex, toHex0x } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { type Finding, formatSeconds } from '../report.ts';
import {
  ask,
  type ChainView,
  type NodePort,
  requireCode,
  requireOnChain,
  requirePast,
  type State,
  sealersOf,
} from './chain-view.ts';
import { type Captured, NotRun, unwrap, unwrapEarlier } from './run.ts';

export interface StatusQuestion {
  readonly view: ChainView;
  readonly bundle: Bundle;
  /** The status part of the bundle, if it has one. */
  readonly status: State | undefined;
  readonly anchorHeader: Captured<Header>;
  readonly now: Date;
  readonly maxAgeSeconds: number | undefined;
}

export async function checkStatus(question: StatusQuestion): Promise<Finding> {
  const { view, status, maxAgeSeconds } = question;
  const header = status && requireNotRevoked(question, status);
  const answer = view.node && (await askNode(question, view.node, header));
  if (answer === 'not revoked') return { detail: 'the node says that the number is not revoked', found: 'not revoked' };
  requireFresh(question, header);
  if (answer instanceof NotRun) throw answer;
  if (!header) throw new NotRun('no-status', 'the bundle does not show whether the number was revoked');
  const asOf = formatSeconds(header.timestamp);
  const expected = maxAgeSeconds === undefined ? 'not revoked' : `not revoked, at most ${maxAgeSeconds} s ago`;
  return { detail: `not revoked as of ${asOf}`, expected, found: `not revoked at block ${header.number}` };
}

function requireNotRevoked({ view, bundle, anchorHeader, now }: StatusQuestion, status: State): Header {
  const header = unwrap(status.header);
  const anchored = unwrapEarlier(anchorHeader, 'the anchor header');
  if (header.number < anchored.number) {
    throw new VerificationError('status-before-anchor', 'the status is older than the anchor', {
      expected: `block ${anchored.number} or later`,
      found: `block ${header.number}`,
    });
  }
  if (view.trusted?.network.consensus === 'qbft') sealersOf(view.trusted.network, header, view.shared);
  const account = unwrap(status.account);
  if (view.trusted) requireCode(view.trusted.registry, account);
  const slot = slotOf(view, bundle);
  requireZero(verifyStorageProof({ storageRoot: account.storageRoot, slot, nodes: status.storageProof }));
  requirePast('status-in-future', header, now);
  return header;
}

// An unreachable node is kept as a value: its answer may not be needed, and other failures are reported first.
async function askNode(
  question: StatusQuestion,
  node: NodePort,
  header: Header | undefined,
): Promise<'not revoked' | NotRun> {
  const { view, status, bundle } = question;
  try {
    if (status && header) await requireOnChain(node, view, status.headerRlp, header);
    const slot = toHex0x(slotOf(view, bundle));
    requireZero(await ask(async () => BigInt(await node.storageAt(view.name.contract, slot))));
    return 'not revoked';
  } catch (error) {
    if (error instanceof NotRun) return error;
    throw error;
  }
}

function requireFresh({ now, maxAgeSeconds }: StatusQuestion, header: Header | undefined): void {
  if (maxAgeSeconds === undefined) return;
  const oldest = now.getTime() / 1000 - maxAgeSeconds;
  const expected = `a status of ${formatSeconds(BigInt(Math.max(0, Math.ceil(oldest))))} or later`;
  if (!header) throw new VerificationError('status-missing', 'the bundle has no status', { expected, found: 'none' });
  if (Number(header.timestamp) < oldest) {
    const found = formatSeconds(header.timestamp);
    throw new VerificationError('status-stale', 'the status is older than was asked for', { expected, found });
  }
}

function requireZero(word: bigint): void {
  const revocation = decodeRevocation(word);
  if (!revocation) return;
  const { name, reason, revokedAt } = revocation;
  throw new VerificationError('revoked', 'the number was revoked', {
    expected: 'not revoked',
    found: `revoked at ${formatSeconds(revokedAt)}: ${name ?? `reason ${reason}`}`,
  });
}

const slotOf = ({ layout }: ChainView, { statement }: Bundle): Uint8Array =>
  revocationSlot(BigInt(statement.number), fromHex(layout.revocationsSlot));

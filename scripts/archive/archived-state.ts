// SPDX-License-Identifier: Apache-2.0
// The registry's state at the one block of an archive: which numbers are revoked, and which number comes next. What the node
// answers is proven under that block's header, and the header by the trust file, before any of it is written.
import { auditRpc } from '../../verifier/cli/audit/audit-rpc.ts';
import { type AuditTarget, provenState } from '../../verifier/src/audit/index.ts';
import {
  ABSENCE_MEDIA_TYPE,
  type AbsenceProof,
  decodeNextNumber,
  encodeBundle,
  fromHex,
  parseTrustFile,
  revocationSlot,
  type StateProof,
  toHex0x,
  VerificationError,
  verifyAccountProof,
  verifyStorageProof,
} from '../../verifier/src/index.ts';
import { Failure } from '../processes/failure.ts';

export interface RegistryKey {
  readonly chainId: string;
  /** 0x address. */
  readonly contract: string;
}

export interface ProvenWord {
  readonly word: bigint;
  readonly proof: StateProof;
}

export interface ArchivedState {
  readonly registry: RegistryKey;
  readonly block: bigint;
  readonly blockHash: string;
  /** Seconds since 1970. */
  readonly time: bigint;
  /** The first number that was not issued at that block. */
  readonly nextNumber: bigint;
  /** Bytes of the proof that it was not. */
  readonly absence: Uint8Array;
  /** What the revocation slot of each number holds. */
  revocations(numbers: readonly bigint[]): Promise<ProvenWord[]>;
}

export interface StateRequest {
  readonly trust: Uint8Array;
  readonly rpc: string;
  readonly registry: RegistryKey;
  /** The newest one of the node when it is left out. */
  readonly block?: bigint;
}

/** Throws Failure where trust file and node are not those of the registry, VerificationError and NodeFailure for what the node answers. */
export async function readState({ trust, rpc, registry, block: asked }: StateRequest): Promise<ArchivedState> {
  const target = targetOf(trust, registry);
  const connection = auditRpc(rpc);
  const chainId = String(await connection.chainId());
  if (chainId !== registry.chainId)
    throw new Failure(`the node at ${rpc} is on chain ${chainId}, not ${registry.chainId}`);
  const node = connection.about({ consensus: target.network.consensus, address: registry.contract });
  const block = asked ?? (await node.newestBlock());
  const header = await provenState(node, target).header(block);
  const found = await node.block(block);
  if (!found?.headerRlp) throw new Failure(`the node at ${rpc} no longer has block ${block}`);
  const headerRlp = toHex0x(found.headerRlp);

  async function words(slots: readonly Uint8Array[]): Promise<ProvenWord[]> {
    const { accountProof, storageProofs } = await node.proofs(slots.map(toHex0x), block);
    const address = fromHex(registry.contract);
    const { storageRoot, codeHash } = verifyAccountProof({ stateRoot: header.stateRoot, address, nodes: accountProof });
    if (toHex0x(codeHash) !== target.registry.codeHash) throw new VerificationError('code-mismatch', 'code');
    return slots.map((slot, place) => {
      const nodes = storageProofs[place] ?? [];
      const word = verifyStorageProof({ storageRoot, slot, nodes });
      const proof = { headerRlp, accountProof: accountProof.map(toHex0x), storageProof: nodes.map(toHex0x) };
      return { word, proof };
    });
  }

  const [next] = await words([fromHex(target.registry.nextNumberSlot)]);
  if (!next) throw new Failure('the node proves nothing');
  const nextNumber = decodeNextNumber(next.word);
  const absent: AbsenceProof = { mediaType: ABSENCE_MEDIA_TYPE, registry, number: String(nextNumber), ...next.proof };
  return {
    registry,
    block,
    blockHash: found.hash,
    time: header.timestamp,
    nextNumber,
    absence: encodeBundle(absent),
    revocations: (numbers) =>
      words(numbers.map((number) => revocationSlot(number, fromHex(target.registry.revocationsSlot)))),
  };
}

function targetOf(bytes: Uint8Array, { chainId, contract }: RegistryKey): AuditTarget {
  const trust = parseTrustFile(bytes);
  const network = trust.networks.find((each) => each.chainId === chainId);
  const registry = network?.registries.find(({ address }) => address === contract);
  if (!network || !registry) throw new Failure(`the trust file does not name ${contract} on chain ${chainId}`);
  return { trust, network, registry };
}

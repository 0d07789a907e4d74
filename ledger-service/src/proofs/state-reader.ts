// SPDX-License-Identifier: Apache-2.0
// Fresh proofs of one slot at the newest final block: that a number is not revoked, or was never issued. Each is
// verified before it is given away.
import {
  decodeNextNumber,
  equalBytes,
  fromHex,
  parseHeader,
  revocationSlot,
  type StateProof,
  toHex0x,
  VerificationError,
  verifyAccountProof,
  verifyStorageProof,
} from '@inkseal/verifier';
import type { Chain, Header } from '../chain/index.ts';
import type { Database } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { REGISTRY_LAYOUT, type Registry, readValidatorSets, requireSealed } from '../registry/index.ts';

/** A bundle does not wait longer for its status. */
const STATUS_WITHIN_MS = 1_000;

export interface StateReader {
  /** The revocation slot's proof, or undefined when the chain gives none soon, or none at or after `notBelow`. */
  revocation(number: bigint, notBelow: bigint): Promise<StateProof | undefined>;
  /** The next number, and the proof of its slot. */
  nextNumber(): Promise<{ next: bigint; proof: StateProof }>;
}

export interface StateReaderOptions {
  readonly database: Database;
  readonly chain: Chain;
  readonly registry: Registry;
}

export function createStateReader(options: StateReaderOptions): StateReader {
  async function revocation(number: bigint, notBelow: bigint): Promise<StateProof | undefined> {
    const slot = revocationSlot(number, fromHex(REGISTRY_LAYOUT.revocationsSlot));
    const fresh = readSlot(options, slot).then(
      ({ header, proof }) => (header.number < notBelow ? undefined : proof),
      () => undefined,
    );
    return Promise.race([fresh, afterPatience()]);
  }

  async function nextNumber(): Promise<{ next: bigint; proof: StateProof }> {
    const { word, proof } = await readSlot(options, fromHex(REGISTRY_LAYOUT.nextNumberSlot));
    return { next: decodeNextNumber(word), proof };
  }

  return { revocation, nextNumber };
}

const afterPatience = (): Promise<undefined> =>
  new Promise((resolve) => setTimeout(resolve, STATUS_WITHIN_MS, undefined).unref());

interface ProvenSlot {
  readonly header: Header;
  readonly word: bigint;
  readonly proof: StateProof;
}

async function readSlot({ database, chain, registry }: StateReaderOptions, slot: Uint8Array): Promise<ProvenSlot> {
  const header = await chain.newestFinalHeader();
  if (chain.consensus === 'qbft') requireSealed(await readValidatorSets(database.prisma), header);
  const { account, slots } = await chain.stateProof(registry.address, [toHex0x(slot)], header.number);
  const storage = slots[0] ?? [];
  const { stateRoot } = parseHeader(header.rlp, chain.consensus);
  const found = verifyAccountProof({ stateRoot, address: fromHex(registry.address), nodes: account });
  if (!equalBytes(found.codeHash, fromHex(registry.codeHash))) throw new VerificationError('code-mismatch', 'code');
  const word = verifyStorageProof({ storageRoot: found.storageRoot, slot, nodes: storage });
  const proof = {
    headerRlp: toHex0x(header.rlp),
    accountProof: account.map(toHex0x),
    storageProof: storage.map(toHex0x),
  };
  return { header, word, proof };
}

/** The error when no fresh proof can be made: the chain is at fault, not the request. */
export function asUnavailable(error: unknown): never {
  if (error instanceof DomainError) throw error;
  throw new DomainError('chain-unavailable', {}, { cause: error });
}

// SPDX-License-Identifier: Apache-2.0
// Makes a changed state proof whole again: each node's new hash is put into its parent, up to the header, and the
// validators seal the header again. Without this no changed node would be checked beyond its hash.
import {
  type Bundle,
  decodeRlp,
  encodeRlp,
  fromHex,
  keccak256,
  parseHeader,
  RlpError,
  type RlpItem,
  type StateProof,
  sealedHash,
  toHex,
  toHex0x,
  VerificationError,
} from '@inkseal/verifier';
import { seal, type Validator } from '../../../verifier/vectors/support/chain.ts';

/** The changed file with its state proofs whole again, or as it is where it has none of the original's form. */
export function relinked<T extends StateProof | Bundle>(original: T, changed: T, sealers: readonly Validator[]): T {
  if ('headerRlp' in original && 'headerRlp' in changed)
    return { ...changed, ...relinkedProof(original, changed, sealers) };
  if (!('anchor' in original && 'anchor' in changed)) return changed;
  const { anchor, status } = changed;
  const relinkedStatus = original.status && status && relinkedProof(original.status, status, sealers);
  return {
    ...changed,
    anchor: { ...anchor, ...relinkedProof(original.anchor, anchor, sealers) },
    ...(relinkedStatus && { status: relinkedStatus }),
  };
}

function relinkedProof(original: StateProof, changed: StateProof, sealers: readonly Validator[]): StateProof {
  const before = upwards(original);
  const after = upwards(changed);
  if (before.length !== after.length) return changed;
  for (const [at, old] of before.entries()) {
    const text = after[at] ?? '';
    if (text === old || !isHex(text)) continue;
    const [oldHash, hash] = [old, text].map((node) => toHex(keccak256(fromHex(node))));
    for (let parent = at + 1; parent < after.length; parent++) {
      after[parent] = (after[parent] ?? '').replaceAll(oldHash ?? '', hash ?? '');
    }
  }
  const headerRlp = after.at(-1) ?? '';
  const storageProof = after.slice(0, changed.storageProof.length).toReversed();
  const accountProof = after.slice(storageProof.length, -1).toReversed();
  return {
    headerRlp: headerRlp === original.headerRlp ? headerRlp : resealed(headerRlp, sealers),
    accountProof,
    storageProof,
  };
}

// From the slot's leaf to the header: each text names the hash of the one before it.
const upwards = ({ headerRlp, accountProof, storageProof }: StateProof): string[] => [
  ...storageProof.toReversed(),
  ...accountProof.toReversed(),
  headerRlp,
];

function resealed(headerRlp: string, sealers: readonly Validator[]): string {
  try {
    const items = listOf(fromHex(headerRlp));
    const extra = items[12];
    if (!(extra instanceof Uint8Array)) return headerRlp;
    const message = sealedHash(parseHeader(fromHex(headerRlp)));
    const seals = sealers.map(({ secret }) => seal(message, secret));
    return toHex0x(encodeRlp(items.with(12, encodeRlp([...listOf(extra).slice(0, 4), seals]))));
  } catch (error) {
    if (error instanceof RlpError || error instanceof RangeError || error instanceof VerificationError)
      return headerRlp;
    throw error;
  }
}

function listOf(text: Uint8Array): readonly RlpItem[] {
  const item = decodeRlp(text);
  if (item instanceof Uint8Array) throw new RlpError('not a list');
  return item;
}

const isHex = (text: string): boolean => /^0x(?:[0-9a-f]{2})+$/.test(text);

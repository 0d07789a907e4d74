// QBFT seals: a quorum of exactly the trusted validators signed this header, and nobody else's seal is on it.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { toHex0x } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';
import { keccak256 } from '../hash.ts';
import { type Header, qbftExtra, sealedHash } from './header.ts';
import { isBytes, type RlpItem } from './rlp.ts';

const MAX_VALIDATORS = 64;
const MAX_SEALS = 64;
const SEAL_SIZE = 65;

/** Seals that a block of `n` validators needs: ⌈2n/3⌉. */
export const quorum = (n: number): number => Math.ceil((2 * n) / 3);

/**
 * The validators (lower-case 0x addresses) whose seals the header carries, in its order, at least a quorum of `trusted`.
 * Throws VerificationError `header-malformed`, `validator-list-empty`, `validator-set-mismatch`, `seal-invalid` or `seals-insufficient`.
 */
export function verifySeals(header: Header, trusted: readonly string[]): string[] {
  const { validators, seals } = qbftExtra(header);
  requireSameSet(validators.map(toHex0x), trusted);
  if (seals.length > MAX_SEALS) throw sealInvalid(`at most ${MAX_SEALS} seals`, `${seals.length} seals`);
  const message = sealedHash(header);
  const members = new Set(trusted);
  const signers = new Set<string>();
  for (const seal of seals) {
    const signer = recoverSigner(seal, message);
    if (!members.has(signer)) throw sealInvalid('a seal of a trusted validator', signer);
    if (signers.has(signer)) throw sealInvalid('each validator once', `${signer} twice`);
    signers.add(signer);
  }
  const needed = quorum(trusted.length);
  if (signers.size < needed) {
    throw new VerificationError('seals-insufficient', `${signers.size} of ${trusted.length} validators sealed`, {
      expected: `at least ${needed} of ${trusted.length} validators`,
      found: `${signers.size}`,
    });
  }
  return [...signers];
}

function requireSameSet(found: readonly string[], trusted: readonly string[]): void {
  // Networks that choose their validators by contract leave the list out of the header; nothing in the header then
  // says who may seal, and a trust file cannot be compared with it.
  if (found.length === 0) {
    throw new VerificationError('validator-list-empty', 'the header names no validators', {
      expected: trusted.join(', '),
      found: 'an empty list',
    });
  }
  const members = new Set(trusted);
  const isSame =
    found.length === trusted.length &&
    found.length <= MAX_VALIDATORS &&
    new Set(found).size === found.length &&
    found.every((validator) => members.has(validator));
  if (isSame) return;
  throw new VerificationError('validator-set-mismatch', 'the header names other validators than are trusted', {
    expected: trusted.join(', '),
    found: found.slice(0, MAX_VALIDATORS).join(', '),
  });
}

// r ‖ s ‖ v, r and s from 1 to n−1. Chains accept s in either half, so refusing the upper one here would let a single
// validator make a block's proofs fail; a seal in its other form gains nothing, for its signer counts once.
function recoverSigner(seal: RlpItem, message: Uint8Array): string {
  const v = isBytes(seal) && seal.length === SEAL_SIZE ? seal[SEAL_SIZE - 1] : undefined;
  if (!isBytes(seal) || (v !== 0 && v !== 1)) throw sealInvalid('65 bytes ending in 0 or 1', 'another form');
  try {
    const signature = secp256k1.Signature.fromBytes(seal.subarray(0, SEAL_SIZE - 1), 'compact').addRecoveryBit(v);
    const publicKey = signature.recoverPublicKey(message).toBytes(false);
    return toHex0x(keccak256(publicKey.subarray(1)).subarray(12));
  } catch {
    throw sealInvalid('a signature on this header', 'a signature on nothing');
  }
}

const sealInvalid = (expected: string, found: string): VerificationError =>
  new VerificationError('seal-invalid', `expected ${expected}, found ${found}`, { expected, found });

// Accounts and storage slots under a state root (Ethereum yellow paper, §4.1), as `eth_getProof` proves them.
import { VerificationError } from '../errors.ts';
import { decodeRlp, isBytes, isList, RlpError, type RlpItem } from './rlp.ts';
import { verifyTrieProof } from './trie.ts';

export interface Account {
  readonly storageRoot: Uint8Array;
  readonly codeHash: Uint8Array;
}

export interface AccountProof {
  readonly stateRoot: Uint8Array;
  /** 20 bytes. */
  readonly address: Uint8Array;
  readonly nodes: readonly Uint8Array[];
}

export interface StorageProof {
  readonly storageRoot: Uint8Array;
  /** 32 bytes. */
  readonly slot: Uint8Array;
  readonly nodes: readonly Uint8Array[];
}

/** The account at an address. Throws VerificationError `state-proof-invalid`, or `account-absent` where none is proven. */
export function verifyAccountProof({ stateRoot, address, nodes }: AccountProof): Account {
  const value = verifyTrieProof({ root: stateRoot, key: address, nodes });
  if (!value)
    throw new VerificationError('account-absent', 'no contract at this address', {
      expected: 'an account',
      found: 'none',
    });
  const fields = decodeValue(value);
  if (!isList(fields) || fields.length !== 4 || !fields.every(isBytes)) throw notA('an account');
  const [, , storageRoot, codeHash] = fields;
  if (storageRoot?.length !== 32 || codeHash?.length !== 32) throw notA('an account');
  return { storageRoot, codeHash };
}

/** The value of a storage slot, zero where it is proven empty. Throws VerificationError `state-proof-invalid`. */
export function verifyStorageProof({ storageRoot, slot, nodes }: StorageProof): bigint {
  const value = verifyTrieProof({ root: storageRoot, key: slot, nodes });
  if (!value) return 0n;
  const word = decodeValue(value);
  if (!isBytes(word) || word.length === 0 || word.length > 32 || word[0] === 0) throw notA('a slot value');
  return word.reduce((total, byte) => (total << 8n) | BigInt(byte), 0n);
}

function decodeValue(value: Uint8Array): RlpItem {
  try {
    return decodeRlp(value);
  } catch (error) {
    if (!(error instanceof RlpError)) throw error;
    throw notA(`canonical RLP (${error.message})`);
  }
}

const notA = (expected: string): VerificationError =>
  new VerificationError('state-proof-invalid', `the trie's value is not ${expected}`, {
    expected,
    found: 'another value',
  });

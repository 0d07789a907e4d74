// The statement: what one leaf of a batch says, and its canonical bytes.
import { utf8 } from '../encoding/bytes.ts';

/** What an entry records; only attestations and registrations are certificates. */
export const ENTRY_KINDS = ['attestation', 'registration', 'submission', 'audit-head'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A registry contract on a chain. `chainId` is a decimal string, `contract` a lower-case 0x address. */
export interface RegistryName {
  readonly chainId: string;
  readonly contract: string;
}

/** One leaf. Field notations are those of docs/proof-format.md §1. */
export interface Statement {
  readonly v: 1;
  readonly registry: RegistryName;
  /** The certificate number, decimal. */
  readonly number: string;
  readonly kind: EntryKind;
  /** SHA-256 of the evidence manifest, hex. */
  readonly sha256: string;
  /** SM3 of the same bytes, hex. */
  readonly sm3?: string;
  /** When the operator says it accepted the entry. */
  readonly receivedAt: string;
  /** A block that existed when the statement was written. */
  readonly notBefore: { readonly block: string; readonly hash: string };
}

/**
 * The RFC 8785 bytes of a statement, written out member by member because a batch has thousands of them.
 * The members must have the notations of the format (none has a character that JSON escapes).
 */
export function encodeStatement(statement: Statement): Uint8Array {
  const { kind, notBefore, number, receivedAt, registry, sha256, sm3 } = statement;
  return utf8(
    `{"kind":"${kind}","notBefore":{"block":"${notBefore.block}","hash":"${notBefore.hash}"},` +
      `"number":"${number}","receivedAt":"${receivedAt}",` +
      `"registry":{"chainId":"${registry.chainId}","contract":"${registry.contract}"},` +
      `"sha256":"${sha256}",${sm3 === undefined ? '' : `"sm3":"${sm3}",`}"v":1}`,
  );
}

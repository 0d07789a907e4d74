// The public face of the verifier: everything a caller may use, by name.

export { concatBytes, equalBytes, fromHex, toHex, toHex0x, utf8 } from './encoding/bytes.ts';
export {
  BundleFormatError,
  CHECK_CODES,
  type CheckCode,
  type Comparison,
  NOT_RUN_REASONS,
  type NotRunReason,
  READING_CODES,
  type ReadingCode,
  TRUST_CODES,
  type TrustCode,
  TrustFileError,
  VerificationError,
} from './errors.ts';
export { keccak256, type Sha256, sha256, sm3 } from './hash.ts';
export { type InclusionProof, rootFromPath } from './merkle/inclusion.ts';
export {
  HASH_SIZE,
  MAX_LEAVES,
  pathNodeOffsets,
  type TreeLayout,
  type TreeLevel,
  treeLayout,
} from './merkle/layout.ts';
export { buildTree, leafHash, type Tree } from './merkle/tree.ts';
export {
  ENTRY_KINDS,
  type EntryKind,
  encodeStatement,
  type RegistryName,
  type Statement,
} from './statement/statement.ts';

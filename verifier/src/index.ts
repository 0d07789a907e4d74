// The public face of the verifier: everything a caller may use, by name.

export { beijingTime } from './beijing.ts';
export {
  ABSENCE_MEDIA_TYPE,
  type AbsenceProof,
  BUNDLE_MEDIA_TYPE,
  BUNDLE_MEDIA_TYPE_V2,
  type Bundle,
  type BundleBatch,
  type ChainWitness,
  encodeBundle,
  type StateProof,
  type TokenWitness,
  type Witness,
} from './bundle/bundle.ts';
export { listedFilesOf, MAX_FILE_SIZE, mediaTypeOf, parseAbsence, parseBundle } from './bundle/parse.ts';
export {
  blockHash,
  type Consensus,
  HEADER_FIELDS,
  type Header,
  parseHeader,
  type QbftExtra,
  qbftExtra,
  sealedHash,
} from './chain/header.ts';
export {
  type BatchRecord,
  batchSlot,
  decodeBatch,
  decodeNextNumber,
  decodeRevocation,
  LAYOUT_V1,
  REVOCATION_REASONS,
  type RegistryLayout,
  type RevocationReason,
  type RevocationRecord,
  revocationSlot,
} from './chain/registry.ts';
export { decodeRlp, encodeRlp, RlpError, type RlpItem } from './chain/rlp.ts';
export { quorum, verifySeals } from './chain/seals.ts';
export {
  type Account,
  type AccountProof,
  type StorageProof,
  verifyAccountProof,
  verifyStorageProof,
} from './chain/state-proof.ts';
export { EMPTY_TRIE_ROOT, type TrieProof, verifyTrieProof } from './chain/trie.ts';
export type { NodePort } from './checks/chain-view.ts';
export { verifyChainWitness } from './checks/chain-witness.ts';
export type { FileDigest } from './checks/content.ts';
export type { PackageContents, PackageEntry } from './checks/package.ts';
export { timeStampsOf } from './checks/recorded.ts';
export { type SharedChecks, shareChecks } from './checks/shared.ts';
export { concatBytes, equalBytes, fromBase64, fromHex, toHex, toHex0x, utf8 } from './encoding/bytes.ts';
export { canonicalBytes, canonicalText } from './encoding/canonical.ts';
export { JsonError, type JsonObject, type JsonValue, readCanonicalJson, readJson } from './encoding/json.ts';
export {
  BundleFormatError,
  CHECK_CODES,
  type CheckCode,
  type Comparison,
  NOT_RUN_REASONS,
  type NotRunReason,
  PACKAGE_CODES,
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
export { pageNotesOf } from './page-notes.ts';
export { chinesePhrase } from './phrases.zh.ts';
export {
  ABSENCE_CHECK_NAMES,
  CHECK_NAMES,
  type ChainFact,
  type CheckName,
  type CheckResult,
  type Facts,
  type FileResult,
  type Finding,
  HEADLINE_NOTES,
  HEADLINES,
  type Headline,
  type HeadlineNote,
  headlineNotesOf,
  NOTES,
  type Note,
  PACKAGE_CHECK_NAME,
  type PackageEntryFact,
  type Report,
  type Run,
  type TokenFact,
  trustedTimeOf,
  type ValidatorFact,
  type Verdict,
  type WitnessFact,
} from './report.ts';
export { percentOf, shareIn, WHOLE_SHARE } from './shares.ts';
export type { Stated, StatedPerson, StatedRole } from './stated.ts';
export {
  DOCUMENTS_SECTION,
  FILES_SECTION,
  type ListedFile,
  type Manifest,
  manifestDigests,
  PROCESS_SECTION,
  type Section,
  sectionDigest,
} from './statement/manifest.ts';
export {
  ENTRY_KINDS,
  type EntryKind,
  encodeStatement,
  type RegistryName,
  type Statement,
} from './statement/statement.ts';
export { compareTrust, type TrustDifference } from './trust/compare.ts';
export {
  parseTrustFile,
  type ReceiptKey,
  TRUST_MEDIA_TYPE,
  TRUST_MEDIA_TYPE_V2,
  type TrustedNetwork,
  type TrustedRegistry,
  type TrustedValidator,
  type TrustFile,
  type ValidatorSet,
  validatorSetAt,
} from './trust/trust-file.ts';
export { type TrustOptions, type VerifyOptions, verifyAbsence, verifyBundle } from './verify.ts';
export { VERSION } from './version.ts';

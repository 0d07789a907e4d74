// The proof bundle and the absence proof as TypeScript sees them, and their canonical bytes.
// Field notations are those of docs/proof-format.md §1; the objects are what JSON.parse would give.
import { canonicalBytes } from '../encoding/canonical.ts';
import type { Manifest, Section } from '../statement/manifest.ts';
import type { RegistryName, Statement } from '../statement/statement.ts';

/** The media types of a proof bundle and of an absence proof; a change of either format gets a new one. */
export const BUNDLE_MEDIA_TYPE = 'application/vnd.inkseal.proof+json;v=1';
export const BUNDLE_MEDIA_TYPE_V2 = 'application/vnd.inkseal.proof+json;v=2';
export const ABSENCE_MEDIA_TYPE = 'application/vnd.inkseal.absence+json;v=1';

/** A header, and under its state root the registry's account and one slot of it. */
export interface StateProof {
  readonly headerRlp: string;
  readonly accountProof: readonly string[];
  readonly storageProof: readonly string[];
}

/** A batch as the registry's slot holds it, with the root that the slot belongs to. */
export interface BundleBatch {
  readonly root: string;
  readonly id: string;
  readonly firstNumber: string;
  readonly count: number;
  readonly anchoredAt: string;
}

/** A token of a time-stamping authority. A renewal, of version 2 alone, is a token over the witnesses before it. */
export interface TokenWitness {
  readonly kind: 'rfc3161' | 'renewal';
  /** Base64 of the DER of a TimeStampToken. */
  readonly token: string;
}

/** Of version 2 alone: a registry on another chain has a batch of this root, in a block of that chain. */
export interface ChainWitness extends StateProof {
  readonly kind: 'chain';
  readonly chainId: string;
  readonly contract: string;
}

/** An outside party's word. */
export type Witness = TokenWitness | ChainWitness;

export interface Bundle {
  readonly mediaType: typeof BUNDLE_MEDIA_TYPE | typeof BUNDLE_MEDIA_TYPE_V2;
  readonly statement: Statement;
  readonly inclusion: { readonly index: number; readonly count: number; readonly path: readonly string[] };
  readonly notBefore: { readonly headerRlp: string };
  readonly anchor: StateProof & { readonly batch: BundleBatch };
  readonly status?: StateProof;
  readonly witnesses?: readonly Witness[];
  readonly manifest?: Manifest;
  readonly sections?: readonly Section[];
  /** Where to look on the chain; no check depends on it. */
  readonly hints?: { readonly transaction?: string; readonly anchorBlockHash?: string };
}

export interface AbsenceProof extends StateProof {
  readonly mediaType: typeof ABSENCE_MEDIA_TYPE;
  readonly registry: RegistryName;
  readonly number: string;
}

/** The bytes of a `.proof.json` or `.absence.json`: RFC 8785 of the object. */
export const encodeBundle = (bundle: Bundle | AbsenceProof): Uint8Array => canonicalBytes(bundle);

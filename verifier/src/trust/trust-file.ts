// The trust file: the verifier's own list of networks, registries and validators (docs/proof-format.md §4).
import type { Consensus } from '../chain/header.ts';
import type { RegistryLayout } from '../chain/registry.ts';
import { type JsonDefect, JsonError, type JsonObject, readJson } from '../encoding/json.ts';
import * as shape from '../encoding/shape.ts';
import { type TrustCode, TrustFileError } from '../errors.ts';
import type { RegistryName } from '../statement/statement.ts';
import { certificateOfPem } from '../timestamp/pem.ts';

const { address, decimal, digest, distinct, integer, list } = shape;
const { matching, object, oneOf, positiveDecimal, text, time, word } = shape;

/** The media types of a trust file. */
export const TRUST_MEDIA_TYPE = 'application/vnd.inkseal.trust+json;v=1';
export const TRUST_MEDIA_TYPE_V2 = 'application/vnd.inkseal.trust+json;v=2';
const MAX_TRUST_SIZE = 1_048_576;

export interface TrustedRegistry extends RegistryLayout {
  readonly address: string;
  readonly codeHash: string;
  readonly fromBlock: string;
  /** The last number that is accepted from a retired registry. */
  readonly throughNumber?: string;
}

export interface TrustedValidator {
  readonly address: string;
  readonly organisation?: string;
}

/** The validators from `fromBlock` to the next set's block. */
export interface ValidatorSet {
  readonly fromBlock: string;
  readonly validators: readonly TrustedValidator[];
}

export interface TrustedNetwork {
  readonly chainId: string;
  readonly consensus: Consensus;
  readonly registries: readonly TrustedRegistry[];
  readonly validatorSets: readonly ValidatorSet[];
}

/** An Ed25519 key that signs acceptance receipts, and when it does. */
export interface ReceiptKey {
  /** 32 bytes (RFC 8032 §5.1.2) in hex. */
  readonly key: string;
  readonly from: string;
  readonly until?: string;
}

export interface TrustFile {
  readonly mediaType: typeof TRUST_MEDIA_TYPE | typeof TRUST_MEDIA_TYPE_V2;
  readonly name: string;
  readonly networks: readonly TrustedNetwork[];
  /** PEM of the certificates that a token's signer must lead to. */
  readonly timestampAuthorities: readonly string[];
  /** Version 2: how many of these authorities must have countersigned the batch. */
  readonly requiredWitnesses?: number;
  readonly receiptKeys?: readonly ReceiptKey[];
  /** Version 2: PEM of the certificate authorities that may sign certificates. */
  readonly documentSigners?: readonly string[];
}

const registry: shape.Shape<TrustedRegistry> = object(
  { address, codeHash: word, batchesSlot: word, revocationsSlot: word, nextNumberSlot: word, fromBlock: decimal },
  { throughNumber: decimal },
);

const name = text({ min: 1, max: 200 });
const byAddress = (holder: { readonly address: string }): string => holder.address;

const validatorSet: shape.Shape<ValidatorSet> = object({
  fromBlock: decimal,
  validators: distinct(list(object({ address }, { organisation: name }), { min: 1, max: 64 }), byAddress),
});

const network: shape.Shape<TrustedNetwork> = object({
  chainId: positiveDecimal,
  consensus: oneOf('qbft', 'none'),
  registries: distinct(list(registry, { min: 1, max: 64 }), byAddress),
  validatorSets: list(validatorSet, { min: 0, max: 4_096 }),
});

const certificate = matching(/^-----BEGIN CERTIFICATE-----/, { min: 1, max: 16_384 }, 'a PEM certificate');

const networks = distinct(list(network, { min: 1, max: 16 }), ({ chainId }) => chainId);

const trustFile: shape.Shape<TrustFile> = object({
  mediaType: oneOf(TRUST_MEDIA_TYPE),
  name,
  networks,
  timestampAuthorities: list(certificate, { min: 0, max: 32 }),
});

// Version 1 looks at the first line alone.
const oneCertificate: shape.Shape<string> = (value, at) => {
  const read = certificate(value, at);
  if (!certificateOfPem(read)) throw shape.wrong(at, 'a PEM certificate');
  return read;
};
const certificates = distinct(list(oneCertificate, { min: 0, max: 32 }), (pem) => pem.replaceAll(/\s/g, ''));

const anyReceiptKey = object({ key: digest, from: time }, { until: time });
const receiptKey: shape.Shape<ReceiptKey> = (value, at) => {
  const read = anyReceiptKey(value, at);
  if (read.until !== undefined && read.until <= read.from) throw shape.wrong(`${at}.until`, 'later than from');
  return read;
};

const trustFileV2: shape.Shape<TrustFile> = object({
  mediaType: oneOf(TRUST_MEDIA_TYPE_V2),
  name,
  networks,
  timestampAuthorities: certificates,
  requiredWitnesses: integer({ min: 0, max: 8 }),
  receiptKeys: distinct(list(receiptKey, { min: 0, max: 64 }), ({ key }) => key),
  documentSigners: certificates,
});

/** A file that names no version is read as one of version 1, whose rules it then breaks. */
const eitherVersion: shape.Shape<TrustFile> = (value, at) => {
  const isV2 = value !== null && typeof value === 'object' && !Array.isArray(value) && isNamedV2(value);
  return (isV2 ? trustFileV2 : trustFile)(value, at);
};

const isNamedV2 = (value: JsonObject): boolean =>
  Object.hasOwn(value, 'mediaType') && value.mediaType === TRUST_MEDIA_TYPE_V2;

const CODE_OF: Record<JsonDefect, TrustCode> = {
  'not-json': 'trust-not-json',
  'too-deep': 'trust-too-deep',
  'not-canonical': 'trust-malformed',
};

/** Reads a trust file. Throws TrustFileError with the first defect's code. */
export function parseTrustFile(file: Uint8Array): TrustFile {
  if (file.length > MAX_TRUST_SIZE) throw new TrustFileError('trust-too-large', `${file.length} bytes`);
  try {
    const trust = eitherVersion(readJson(file), '$');
    trust.networks.forEach(requireValidatorSets);
    requireOwnValidators(trust.networks);
    return trust;
  } catch (error) {
    if (error instanceof JsonError) throw new TrustFileError(CODE_OF[error.defect], error.message);
    if (error instanceof shape.ShapeError) throw new TrustFileError('trust-malformed', error.message);
    throw error;
  }
}

/** What the trust file says of a registry: `network` alone if it knows only the chain. */
export function findTrusted(
  trust: TrustFile | undefined,
  { chainId, contract }: RegistryName,
): { network?: TrustedNetwork; registry?: TrustedRegistry } {
  const network = trust?.networks.find((candidate) => candidate.chainId === chainId);
  const registry = network?.registries.find((candidate) => candidate.address === contract);
  return { ...(network && { network }), ...(registry && { registry }) };
}

/** The validator set in force at a block, or undefined before the first. */
export function validatorSetAt({ validatorSets }: TrustedNetwork, block: bigint): ValidatorSet | undefined {
  return validatorSets.findLast(({ fromBlock }) => BigInt(fromBlock) <= block);
}

function requireValidatorSets({ chainId, consensus, validatorSets }: TrustedNetwork): void {
  const at = `network ${chainId}`;
  if ((consensus === 'qbft') !== validatorSets.length > 0)
    throw shape.wrong(at, 'qbft with validator sets or none without');
  const isRising = validatorSets.every(({ fromBlock }, index) => {
    const before = validatorSets[index - 1];
    return !before || BigInt(before.fromBlock) < BigInt(fromBlock);
  });
  if (!isRising) throw shape.wrong(`${at}.validatorSets`, 'in rising order of fromBlock');
}

// A header does not name its chain: only the keys of its validators keep one chain's proofs apart from another's.
function requireOwnValidators(networks: readonly TrustedNetwork[]): void {
  const chainOf = new Map<string, string>();
  for (const { chainId, validatorSets } of networks) {
    for (const { address } of validatorSets.flatMap(({ validators }) => validators)) {
      if ((chainOf.get(address) ?? chainId) !== chainId)
        throw shape.wrong(`network ${chainId}`, 'sealed by keys that seal no other network');
      chainOf.set(address, chainId);
    }
  }
}

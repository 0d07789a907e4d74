// The trust file: the verifier's own list of networks, registries and validators (docs/proof-format.md §4).
import type { Consensus } from '../chain/header.ts';
import type { RegistryLayout } from '../chain/registry.ts';
import { type JsonDefect, JsonError, readJson } from '../encoding/json.ts';
import * as shape from '../encoding/shape.ts';
import { type TrustCode, TrustFileError } from '../errors.ts';
import type { RegistryName } from '../statement/statement.ts';

const { address, decimal, distinct, list, matching, object, oneOf, positiveDecimal, text, word } = shape;

/** The media type of a trust file. */
export const TRUST_MEDIA_TYPE = 'application/vnd.inkseal.trust+json;v=1';
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

export interface TrustFile {
  readonly mediaType: typeof TRUST_MEDIA_TYPE;
  readonly name: string;
  readonly networks: readonly TrustedNetwork[];
  readonly timestampAuthorities: readonly string[];
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

const trustFile: shape.Shape<TrustFile> = object({
  mediaType: oneOf(TRUST_MEDIA_TYPE),
  name,
  networks: distinct(list(network, { min: 1, max: 16 }), ({ chainId }) => chainId),
  timestampAuthorities: list(certificate, { min: 0, max: 32 }),
});

const CODE_OF: Record<JsonDefect, TrustCode> = {
  'not-json': 'trust-not-json',
  'too-deep': 'trust-too-deep',
  'not-canonical': 'trust-malformed',
};

/** Reads a trust file. Throws TrustFileError with the first defect's code. */
export function parseTrustFile(file: Uint8Array): TrustFile {
  if (file.length > MAX_TRUST_SIZE) throw new TrustFileError('trust-too-large', `${file.length} bytes`);
  try {
    const trust = trustFile(readJson(file), '$');
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

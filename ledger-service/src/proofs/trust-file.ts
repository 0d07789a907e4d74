// SPDX-License-Identifier: Apache-2.0
// The trust file of our own network, from the database alone: for an auditor to compare with what the validators publish,
// and for the ledger to verify its own proofs as a stranger would.
import {
  type Consensus,
  TRUST_MEDIA_TYPE,
  TRUST_MEDIA_TYPE_V2,
  type TrustedNetwork,
  type TrustFile,
  toHex0x,
  utf8,
} from '@inkseal/verifier';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { readReceiptKeys } from '../receipts/index.ts';
import { REGISTRY_LAYOUT, readValidatorSets } from '../registry/index.ts';

export interface TrustFileOptions {
  readonly name: string;
  /** Names of the organisations by their validators' lower-case addresses. */
  readonly organisations: ReadonlyMap<string, string>;
  readonly consensus: Consensus;
  /** The time-stamping authorities and the networks of second chains that countersign, and how many a reader is to require. */
  readonly witnesses?: {
    readonly certificates: readonly string[];
    readonly required: number;
    readonly networks?: readonly TrustedNetwork[];
  };
}

/** Throws `not-ready` until the registry's deployment is final. */
export async function readTrustFile(db: Db, options: TrustFileOptions): Promise<Uint8Array> {
  const trust = await readTrust(db, options);
  const [network] = trust?.networks ?? [];
  const [registry] = network?.registries ?? [];
  const isReady =
    registry?.fromBlock !== GENESIS && (network?.consensus !== 'qbft' || network.validatorSets.length > 0);
  if (!trust || !registry || !isReady) throw new DomainError('not-ready');
  return utf8(`${JSON.stringify(trust, null, 2)}\n`);
}

/** The block a registry is named from while its own is not final yet: no block is older. */
const GENESIS = '0';

/** What our own readers trust, also before the deployment is final; undefined before there is a registry. */
export async function readTrust(db: Db, options: TrustFileOptions): Promise<TrustFile | undefined> {
  const { name, organisations, consensus, witnesses } = options;
  const registry = await db.registry.findFirst({
    select: { chainId: true, address: true, codeHash: true, deployedBlock: true },
  });
  if (!registry) return undefined;
  const receiptKeys = await readReceiptKeys(db);
  const certificates = witnesses?.certificates ?? [];
  const others = witnesses?.networks ?? [];
  const isV2 = certificates.length > 0 || receiptKeys.length > 0 || others.length > 0;
  const sets = consensus === 'qbft' ? await readValidatorSets(db) : [];
  return {
    mediaType: isV2 ? TRUST_MEDIA_TYPE_V2 : TRUST_MEDIA_TYPE,
    name,
    networks: [
      {
        chainId: String(registry.chainId),
        consensus,
        registries: [
          {
            address: toHex0x(registry.address),
            codeHash: toHex0x(registry.codeHash),
            ...REGISTRY_LAYOUT,
            fromBlock: registry.deployedBlock === null ? GENESIS : String(registry.deployedBlock),
          },
        ],
        validatorSets: sets.map(({ fromBlock, validators }) => ({
          fromBlock: String(fromBlock),
          validators: validators.map((address) => {
            const organisation = organisations.get(address);
            return organisation === undefined ? { address } : { address, organisation };
          }),
        })),
      },
      ...others,
    ],
    timestampAuthorities: certificates,
    // What version 2 has besides.
    ...(isV2 && { requiredWitnesses: witnesses?.required ?? 0, receiptKeys, documentSigners: [] }),
  };
}

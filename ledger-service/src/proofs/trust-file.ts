// SPDX-License-Identifier: Apache-2.0
// The trust file of our own network, from the database alone: for an auditor to compare with what the validators publish,
// and for the ledger to verify its own proofs as a stranger would.
import { type Consensus, TRUST_MEDIA_TYPE, type TrustFile, toHex0x, utf8 } from '@inkseal/verifier';
import type pg from 'pg';
import { DomainError } from '../errors.ts';
import { REGISTRY_LAYOUT, readValidatorSets } from '../registry/index.ts';

export interface TrustFileOptions {
  readonly name: string;
  /** Names of the organisations by their validators' lower-case addresses. */
  readonly organisations: ReadonlyMap<string, string>;
  readonly consensus: Consensus;
}

/** Throws `not-ready` until the registry's deployment is final. */
export async function readTrustFile(pool: pg.Pool, options: TrustFileOptions): Promise<Uint8Array> {
  const trust = await readTrust(pool, options);
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
export async function readTrust(pool: pg.Pool, options: TrustFileOptions): Promise<TrustFile | undefined> {
  const { name, organisations, consensus } = options;
  const { rows } = await pool.query<{
    chain_id: string;
    address: Buffer;
    code_hash: Buffer;
    deployed_block: string | null;
  }>('SELECT chain_id, address, code_hash, deployed_block FROM registry');
  const [registry] = rows;
  if (!registry) return undefined;
  const sets = consensus === 'qbft' ? await readValidatorSets(pool) : [];
  return {
    mediaType: TRUST_MEDIA_TYPE,
    name,
    networks: [
      {
        chainId: registry.chain_id,
        consensus,
        registries: [
          {
            address: toHex0x(registry.address),
            codeHash: toHex0x(registry.code_hash),
            ...REGISTRY_LAYOUT,
            fromBlock: registry.deployed_block ?? GENESIS,
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
    ],
    timestampAuthorities: [],
  };
}

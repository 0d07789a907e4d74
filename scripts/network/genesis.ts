// SPDX-License-Identifier: Apache-2.0
// The first block of a QBFT network, in the form of Hyperledger Besu. Berlin rules and no later ones: no base fee, so gas costs
// nothing, and the contract needs no newer ones.
import { encodeRlp } from 'ethers';

const ZERO_HASH = `0x${'0'.repeat(64)}`;
const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;
/** Marks a header as Istanbul's, of which QBFT is a dialect. */
const ISTANBUL_MIX_HASH = '0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365';
/** Blocks between two headers that repeat no votes. */
const EPOCH_BLOCKS = 30_000;
/** How long validators wait for a proposer before they change to the next, in block times. */
const ROUND_BLOCKS = 4;

export interface GenesisOptions {
  /** Of the validators. */
  addresses: readonly string[];
  chainId: number;
  blockSeconds: number;
}

export function genesisOf({ addresses, chainId, blockSeconds }: GenesisOptions) {
  const validators = addresses.map((address) => address.toLowerCase()).sort();
  return {
    config: {
      chainId,
      berlinBlock: 0,
      qbft: {
        blockperiodseconds: blockSeconds,
        epochlength: EPOCH_BLOCKS,
        requesttimeoutseconds: blockSeconds * ROUND_BLOCKS,
      },
    },
    nonce: '0x0',
    timestamp: '0x0',
    // [vanity, validators, no vote, round 0, no seals]
    extraData: encodeRlp([ZERO_HASH, validators, [], '0x', []]),
    gasLimit: '0x1c9c380',
    difficulty: '0x1',
    mixHash: ISTANBUL_MIX_HASH,
    coinbase: ZERO_ADDRESS,
    alloc: {},
  };
}

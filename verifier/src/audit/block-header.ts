// The RLP of a block header, rebuilt from a node's answer. The node is believed only where the header hashes to what it should.
import { blockHash, type Consensus } from '../chain/header.ts';
import { encodeRlp } from '../chain/rlp.ts';
import { fromHex, toHex0x } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';

/** In the order of the RLP list; integers are written without leading zeros. */
const FIELDS: readonly { readonly name: string; readonly isInteger: boolean }[] = [
  { name: 'parentHash', isInteger: false },
  { name: 'sha3Uncles', isInteger: false },
  { name: 'miner', isInteger: false },
  { name: 'stateRoot', isInteger: false },
  { name: 'transactionsRoot', isInteger: false },
  { name: 'receiptsRoot', isInteger: false },
  { name: 'logsBloom', isInteger: false },
  { name: 'difficulty', isInteger: true },
  { name: 'number', isInteger: true },
  { name: 'gasLimit', isInteger: true },
  { name: 'gasUsed', isInteger: true },
  { name: 'timestamp', isInteger: true },
  { name: 'extraData', isInteger: false },
  { name: 'mixHash', isInteger: false },
  { name: 'nonce', isInteger: false },
  // Later rules append fields, each only together with those before it.
  { name: 'baseFeePerGas', isInteger: true },
  { name: 'withdrawalsRoot', isInteger: false },
  { name: 'blobGasUsed', isInteger: true },
  { name: 'excessBlobGas', isInteger: true },
  { name: 'parentBeaconBlockRoot', isInteger: false },
  { name: 'requestsHash', isInteger: false },
];
const FIRST_OPTIONAL = 15;

/** The header of a block as `eth_getBlockByNumber` gives it; undefined where it does not hash to the block's own hash. */
export function headerOfBlock(block: Readonly<Record<string, unknown>>, consensus: Consensus): Uint8Array | undefined {
  const items: Uint8Array[] = [];
  for (const [place, { name, isInteger }] of FIELDS.entries()) {
    const value = block[name];
    if (place >= FIRST_OPTIONAL && (value === undefined || value === null)) break;
    if (typeof value !== 'string' || !/^0x[0-9a-fA-F]*$/.test(value)) return undefined;
    items.push(isInteger ? integerBytes(value) : wholeBytes(value));
  }
  const rlp = encodeRlp(items);
  try {
    return toHex0x(blockHash(rlp, consensus)) === block.hash ? rlp : undefined;
  } catch (error) {
    if (error instanceof VerificationError) return undefined;
    throw error;
  }
}

const wholeBytes = (hex: string): Uint8Array => fromHex(hex.length % 2 === 0 ? hex : `0x0${hex.slice(2)}`);

function integerBytes(hex: string): Uint8Array {
  const digits = hex.slice(2).replace(/^0+/, '');
  return digits === '' ? new Uint8Array() : wholeBytes(`0x${digits}`);
}

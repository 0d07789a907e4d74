// The RLP of a block header, rebuilt from a node's answer. The node is believed only where the header hashes to what it should.
import { blockHash, type Consensus, HEADER_FIELDS } from '../chain/header.ts';
import { encodeRlp } from '../chain/rlp.ts';
import { fromHex, toHex0x } from '../encoding/bytes.ts';
import { VerificationError } from '../errors.ts';

const FIRST_OPTIONAL = 15;

/** The header of a block as `eth_getBlockByNumber` gives it; undefined where it does not hash to the block's own hash. */
export function headerOfBlock(block: Readonly<Record<string, unknown>>, consensus: Consensus): Uint8Array | undefined {
  const items: Uint8Array[] = [];
  for (const [place, { name, isInteger }] of HEADER_FIELDS.entries()) {
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

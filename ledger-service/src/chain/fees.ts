// SPDX-License-Identifier: Apache-2.0
// What the chain asks for a transaction: found by asking it, never assumed.
import { isRecord } from './node.ts';
import { MalformedAnswerError, readQuantity } from './readings.ts';
import type { Rpc } from './rpc.ts';

/** In wei per gas. */
export type Fees =
  | { readonly kind: 'legacy'; readonly gasPriceWei: bigint }
  | { readonly kind: 'market'; readonly feeCapWei: bigint; readonly tipWei: bigint };

/** A block with a base fee has a fee market; without one the transaction is of the old kind (type 0). */
export async function readFees(rpc: Rpc): Promise<Fees> {
  const [baseFee, gasPriceWei] = await Promise.all([
    rpc.read('eth_getBlockByNumber', ['latest', false], readBaseFee),
    rpc.read('eth_gasPrice', [], (told) => readQuantity(told, 'gasPrice')),
  ]);
  if (baseFee === 'none') return { kind: 'legacy', gasPriceWei };
  const tipWei = gasPriceWei > baseFee ? gasPriceWei - baseFee : 0n;
  return { kind: 'market', feeCapWei: 2n * baseFee + tipWei, tipWei };
}

function readBaseFee(block: unknown): bigint | 'none' {
  if (!isRecord(block)) throw new MalformedAnswerError('block');
  const { baseFeePerGas: told } = block;
  return told === undefined || told === null ? 'none' : readQuantity(told, 'block.baseFeePerGas');
}

/** The price that decides who is served first; 0 means that paying more is not possible. */
export const priceOf = (fees: Fees): bigint => (fees.kind === 'legacy' ? fees.gasPriceWei : fees.feeCapWei);

/** Nodes take a replacement only if every price rises by a tenth; an eighth is safely more. */
export function raise(fees: Fees, previous: Fees): Fees {
  if (fees.kind === 'legacy' || previous.kind === 'legacy') {
    return { kind: 'legacy', gasPriceWei: max(priceOf(fees), raised(priceOf(previous))) };
  }
  const tipWei = max(fees.tipWei, raised(previous.tipWei));
  return { kind: 'market', tipWei, feeCapWei: max(max(fees.feeCapWei, raised(previous.feeCapWei)), tipWei) };
}

const raised = (wei: bigint): bigint => wei + wei / 8n + 1n;

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);

// SPDX-License-Identifier: Apache-2.0
// A database restored from a backup knows fewer numbers than the chain: going on would issue a number twice. The
// chain is ahead when it has a number past our last batch, or a batch in our place that is not ours.
import { toHex0x } from '@inkseal/verifier';
import type pg from 'pg';
import type { Chain } from '../chain/index.ts';
import type { Registry } from './bind.ts';
import { batchOf, nextNumber } from './contract.ts';

interface Bound {
  readonly pool: pg.Pool;
  readonly chain: Chain;
  readonly registry: Registry;
}

export async function isBehindChain({ pool, chain, registry }: Bound): Promise<boolean> {
  const onChain = await nextNumber(chain, registry.address);
  if (onChain === registry.firstNumber) return false;
  const { rows } = await pool.query<{ root: Buffer; next: string }>(
    'SELECT root, first_number + count AS next FROM batch WHERE first_number < $1 ORDER BY first_number DESC LIMIT 1',
    [onChain],
  );
  const [last] = rows;
  if (!last || BigInt(last.next) !== onChain) return true;
  return (await batchOf(chain, registry.address, toHex0x(last.root))) === undefined;
}

// SPDX-License-Identifier: Apache-2.0
// Numbering: the statement that the database writes for each entry, as the verifier would write it.
import { encodeStatement, type RegistryName } from '@inkseal/verifier';
import type { Header } from '../chain/index.ts';
import type { Db } from '../db/database.ts';
import { DomainError } from '../errors.ts';
import { type Numbering, writeNumbers } from './batching.sql.ts';

export interface NumberingOptions extends Omit<Numbering, 'text'> {
  readonly registry: RegistryName;
  readonly notBefore: Header;
}

/**
 * The leaf hashes of the numbered entries, 32 bytes each, in the order of their numbers; none if nothing is received.
 * Rows that another transaction holds are left for the next batch.
 */
export async function numberEntries(tx: Db, options: NumberingOptions): Promise<Uint8Array> {
  const { registry, notBefore, ...numbering } = options;
  return (await writeNumbers(tx, { ...numbering, text: textAround(registry, notBefore) })) ?? new Uint8Array();
}

/** No value that stands beside them has it. */
const GAP = '\u0000';

/** The text of a statement around kind, number, receivedAt, sha256 and sm3, as the verifier writes it. */
function textAround(registry: RegistryName, { number, hash }: Header): Numbering['text'] {
  const notBefore = { block: String(number), hash };
  const gaps = { number: GAP, receivedAt: GAP, sha256: GAP, sm3: GAP };
  const kind = 'attestation';
  const text = new TextDecoder().decode(encodeStatement({ v: 1, registry, notBefore, kind, ...gaps }));
  const [a, b, c, d, e, f] = text.replace(kind, GAP).split(GAP);
  if (a === undefined || !b || !c || !d || !e || f === undefined) throw new DomainError('internal', { text });
  return [a, b, c, d, e, f];
}

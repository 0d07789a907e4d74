// SPDX-License-Identifier: Apache-2.0
// Questions about acceptance receipts: the released ones, and changes of every member of them and of their signatures.
import { readFileSync } from 'node:fs';
import { canonicalBytes, type JsonValue, readJson } from '@inkseal/verifier';
import { mutationsOf } from '../../../verifier/vectors/support/mutations.ts';
import type { ReceiptEntry } from '../../../verifier/vectors/support/receipts.ts';
import type { Question } from './checkers.ts';

const FOLDER = new URL('../../../verifier/vectors/receipts/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, FOLDER));
const { cases }: { cases: ReceiptEntry[] } = JSON.parse(read('index.json').toString());

export const receiptQuestions = (): Question[] => cases.map((entry) => questionOf(entry, read(entry.file)));

/** Of one receipt of each verdict that a change can take away. */
export function* changedReceiptQuestions(): Generator<Question> {
  for (const name of ['kept/bundle', 'broken/absent', 'open/due']) {
    const entry = cases.find((each) => each.name === name);
    if (!entry) throw new RangeError(`no case ${name}`);
    const receipt = readJson(read(entry.file));
    for (const { value } of mutationsOf(receipt, '$', [])) yield questionOf(entry, canonicalBytes(value));
    for (const value of signaturesLike(receipt)) yield questionOf(entry, canonicalBytes(value));
  }
}

/** Each byte of the signature and of the key, with another lowest and another highest bit: points and scalars of every kind. */
function* signaturesLike(receipt: JsonValue): Generator<JsonValue> {
  if (receipt === null || typeof receipt !== 'object' || Array.isArray(receipt)) return;
  for (const name of ['key', 'signature']) {
    const bytes = Buffer.from(String(receipt[name]), 'hex');
    for (const [place, byte] of bytes.entries()) {
      for (const bit of [0x01, 0x80]) {
        const changed = Buffer.from(bytes);
        changed[place] = byte ^ bit;
        yield { ...receipt, [name]: changed.toString('hex') };
      }
    }
  }
}

const questionOf = ({ name, trust, proof, now }: ReceiptEntry, bytes: Uint8Array): Question => ({
  name,
  subject: 'receipt',
  bytes,
  ...(trust !== undefined && { trust: read(trust) }),
  ...(proof !== undefined && { proof: read(proof) }),
  now,
});

// SPDX-License-Identifier: Apache-2.0
// Who signed which trust file. Every organisation calls its files alike, and browsers rename what is saved twice, so a signature is
// tried on every file; its name only says which file it is beside where it holds for none. Loaded when a signature or a key comes.
import { SIGNATURE_ENDING, signingOf } from '@inkseal/verifier/signatures';
import type { GivenTrust, NamedBytes, NamedTrust } from './trust.ts';

/** The same, with who signed each file. */
export function withSignings({ files, signatures, keys }: GivenTrust): GivenTrust {
  const given = (those: readonly NamedBytes[]) => ({ signatures: those.map(({ bytes }) => bytes), keys });
  const tried = files.map((file) => ({ ...file, signing: signingOf(file.bytes, given(signatures)) }));
  const used = usedBy(tried);
  const judged = tried.map((file): NamedTrust => {
    if (file.signing.standing === 'good') return file;
    const beside = signatures.filter(({ name, bytes }) => name === file.name + SIGNATURE_ENDING && !used.has(bytes));
    return { ...file, signing: signingOf(file.bytes, given(beside)) };
  });
  return { files: judged, signatures, keys };
}

const usedBy = (files: readonly NamedTrust[]): Set<Uint8Array> =>
  new Set(files.flatMap(({ signing }) => (signing?.standing === 'good' ? [signing.signature] : [])));

/** The signatures that are by none of the keys over any of the files, and beside none by their name. */
export function strayOf({ files, signatures }: GivenTrust): readonly NamedBytes[] {
  const used = usedBy(files);
  const names = new Set(files.map(({ name }) => name + SIGNATURE_ENDING));
  return signatures.filter(({ name, bytes }) => !used.has(bytes) && !names.has(name));
}

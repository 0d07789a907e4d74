// SPDX-License-Identifier: Apache-2.0
import { percentOf } from '@inkseal/verifier';
import type { Attestation } from '../api/attestations.ts';
import { fill } from '../i18n/fill.ts';
import type { AttestationText } from './i18n.ts';

/** A right holder of an order, by name and masked number. */
export function holderName(id: string, known: Attestation['rightHolders'], text: AttestationText): string {
  const found = known.find(({ rightHolderId }) => rightHolderId === id);
  return found ? fill(text.holder, { name: found.name, idNumber: found.documentNumber }) : text.unknownHolder;
}

/** With the share of a depositor or owner who states one. */
export function withShare(
  name: string,
  { shareBasisPoints }: { shareBasisPoints?: number },
  text: AttestationText,
): string {
  return shareBasisPoints === undefined ? name : fill(text.withShare, { name, percent: percentOf(shareBasisPoints) });
}

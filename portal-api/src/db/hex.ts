// SPDX-License-Identifier: Apache-2.0
import { toHex } from '@inkseal/verifier';

/** A digest as the interface shows it; null stays null. */
export const hexOf = (bytes: Uint8Array | null): string | null => bytes && toHex(bytes);

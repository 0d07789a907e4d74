// SPDX-License-Identifier: Apache-2.0

/** In small letters, without the dot; empty where the name has none. */
export function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}

// SPDX-License-Identifier: Apache-2.0

/** Undefined, which no schema accepts, for what is not JSON. The fault is not passed on: it would repeat a part of the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

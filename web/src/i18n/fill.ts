// SPDX-License-Identifier: Apache-2.0

/**
 * Puts values into the places `{name}` of a sentence; `{count:item|items}` is the word for one or for any other number. A place
 * without a value stays visible, so that a test or a reader sees it.
 */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence
    .replace(/\{([a-zA-Z]+):([^|}]*)\|([^}]*)\}/g, (place, name: string, one: string, other: string) =>
      values[name] === undefined ? place : Number(values[name]) === 1 ? one : other,
    )
    .replace(/\{([a-zA-Z]+)\}/g, (place, name: string) => String(values[name] ?? place));
}

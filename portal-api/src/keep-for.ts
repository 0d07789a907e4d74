// SPDX-License-Identifier: Apache-2.0
// Answers that are kept for a moment, so that a crowd is one question.

/** Some kilobytes each. */
const MAX_KEPT = 1_000;

/** Remembers answers, not failures and not what is missing yet. */
export function keepFor<T>(ms: number, ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const kept = new Map<string, { value: Promise<T>; until: number }>();
  return (key) => {
    const known = kept.get(key);
    if (known && known.until > performance.now()) return known.value;
    kept.delete(key);
    const value = ask(key);
    kept.set(key, { value, until: performance.now() + ms });
    const forget = () => {
      if (kept.get(key)?.value === value) kept.delete(key);
    };
    void value.then((answer) => answer === undefined && forget(), forget);
    const [oldest] = kept.keys();
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}

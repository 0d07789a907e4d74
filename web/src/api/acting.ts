// SPDX-License-Identifier: Apache-2.0
// For whom this page acts: the member themselves, or an organisation. Each change names that party, so that the portal
// refuses what a page made for another one would save.
let actingFor = 'self';
const listeners = new Set<() => void>();

/** As `/me` says: null for the member themselves. */
export function noteActingFor(organisationId: string | null): void {
  actingFor = organisationId ?? 'self';
}

export const actingParty = (): string => actingFor;

/** Called when the portal refused a change because the session acts for another party by now. */
export function onActingChanged(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellActingChanged(): void {
  for (const listener of listeners) listener();
}

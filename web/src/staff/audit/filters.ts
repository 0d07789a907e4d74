// SPDX-License-Identifier: Apache-2.0
// Filters of the audit log as they stand in the address; days are those of Beijing.

const NAMES = ['actor', 'action', 'subject', 'from', 'to'] as const;

export type Filters = Partial<Record<(typeof NAMES)[number], string>>;

export function filtersIn(address: URLSearchParams): Filters {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = address.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
}

/** As the portal takes them: days become their first instant. */
export function instantsOf({ from, to, ...filters }: Filters): Filters {
  return { ...filters, ...(from && { from: startOf(from) }), ...(to && { to: startOf(to) }) };
}

const startOf = (day: string): string => (/^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T00:00:00+08:00` : day);

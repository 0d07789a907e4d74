// SPDX-License-Identifier: Apache-2.0

/** Hundredths of a percent of `33.34`, `33.3` or `33`, with or without the sign; undefined for anything else. */
export function basisPointsIn(typed: string): number | undefined {
  const [, whole = '', fraction = ''] = /^\s*(\d{1,3})?(?:[.。](\d{0,2}))?\s*[%％]?\s*$/.exec(typed) ?? [];
  if (whole === '' && fraction === '') return undefined;
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

/** The person with this share, or without any. */
export function withShareOf<P extends object>(person: P, shareBasisPoints: number | undefined): P {
  const { shareBasisPoints: _, ...rest } = person as P & { shareBasisPoints?: number };
  return { ...rest, ...(shareBasisPoints !== undefined && { shareBasisPoints }) } as P;
}

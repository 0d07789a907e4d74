// 份额: the share of a depositor or owner, in hundredths of a percent. An integer everywhere; only this writes it as a percentage.

/** All shares together. */
export const WHOLE_SHARE = 10_000;

/** `33.34` of 3334, `50` of 5000. */
export function percentOf(basisPoints: number): string {
  const fraction = String(basisPoints % 100).padStart(2, '0');
  return `${Math.trunc(basisPoints / 100)}.${fraction}`.replace(/\.?0+$/, '');
}

/** As the section `person:n` states it; undefined for anything else. */
export function shareIn(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^[1-9]\d{0,4}$/.test(value)) return undefined;
  return Number(value) <= WHOLE_SHARE ? Number(value) : undefined;
}

// Beijing time, UTC+8 the whole year.
const OFFSET_MS = 8 * 3_600_000;

/** An instant of UTC as RFC 3339 in Beijing; a text of another form as it is. */
export function beijingTime(instant: string): string {
  const ms = Date.parse(instant);
  return Number.isNaN(ms) ? instant : new Date(ms + OFFSET_MS).toISOString().replace('Z', '+08:00');
}

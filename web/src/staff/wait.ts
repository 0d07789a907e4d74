// SPDX-License-Identifier: Apache-2.0
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';

const zh = { minutes: '{count} 分钟', hours: '{count} 小时', days: '{days} 天 {count} 小时' };
const en: typeof zh = { minutes: '{count} min', hours: '{count} h', days: '{days} d {count} h' };

/** How long ago an instant was, in words. */
export function useWait(since: string): string {
  return waitInWords(Date.now() - Date.parse(since), useText({ zh, en }));
}

export function waitInWords(ms: number, words: typeof zh): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return fill(words.minutes, { count: minutes });
  if (hours < 24) return fill(words.hours, { count: hours });
  return fill(words.days, { days: Math.floor(hours / 24), count: hours % 24 });
}

// SPDX-License-Identifier: Apache-2.0
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';

const zh = { seconds: '{count} 秒', minutes: '{count} 分钟', hours: '{count} 小时' };
const en: typeof zh = { seconds: '{count} s', minutes: '{count} min', hours: '{count} h' };
export const DURATIONS = { zh, en };

export function useDuration(): (seconds: number) => string {
  const words = useText(DURATIONS);
  return (seconds) => durationInWords(seconds, words);
}

/** Rounded up: whoever waits as long as that has waited long enough. */
export function durationInWords(seconds: number, words: typeof zh): string {
  if (seconds <= 90) return fill(words.seconds, { count: Math.ceil(seconds) });
  const minutes = Math.ceil(seconds / 60);
  if (minutes <= 90) return fill(words.minutes, { count: minutes });
  return fill(words.hours, { count: Math.ceil(minutes / 60) });
}

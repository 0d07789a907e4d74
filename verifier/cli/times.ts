// Times as the reader of a language expects them: labelled, in Beijing time or UTC.
import { beijingTime } from '../src/index.ts';
import type { Language } from './arguments.ts';

const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A text of the report with each of its instants in the language's form. */
export const withTimes = (text: string, language: Language): string =>
  text.replace(INSTANT, (instant) =>
    language === 'zh' ? `${shown(beijingTime(instant))}（北京时间）` : `${shown(instant)} UTC`,
  );

const shown = (instant: string): string => instant.replace('T', ' ').replace(/(?:\.\d+)?(?:Z|\+08:00)$/, '');

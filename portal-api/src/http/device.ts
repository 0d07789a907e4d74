// SPDX-License-Identifier: Apache-2.0
// What a member is told of a session: which kind of browser, and roughly from where. Both are made coarse before they are
// kept, so that the list of sessions is no log of anybody's devices and ways.
import { isIP } from 'node:net';
import type { Request } from 'express';
import { z } from 'zod';

export const BROWSERS = ['WECHAT', 'EDGE', 'FIREFOX', 'CHROME', 'SAFARI', 'OTHER'] as const;
export const SYSTEMS = ['HARMONY', 'ANDROID', 'IOS', 'WINDOWS', 'MAC', 'LINUX', 'OTHER'] as const;

export const deviceSchema = z.object({
  browser: z.enum(BROWSERS),
  system: z.enum(SYSTEMS),
  /** The beginning of the address, such as `203.0.*.*`; empty when it is not known. */
  place: z.string(),
});

export type Device = z.output<typeof deviceSchema>;

/** In this order: most browsers also claim to be others. */
const BROWSER_MARKS: readonly (readonly [RegExp, Device['browser']])[] = [
  [/MicroMessenger/, 'WECHAT'],
  [/Edg(e|A|iOS)?\//, 'EDGE'],
  [/Firefox|FxiOS/, 'FIREFOX'],
  [/Chrom(e|ium)|CriOS/, 'CHROME'],
  [/Safari\//, 'SAFARI'],
];

const SYSTEM_MARKS: readonly (readonly [RegExp, Device['system']])[] = [
  [/HarmonyOS|OpenHarmony/, 'HARMONY'],
  [/Android/, 'ANDROID'],
  [/iPhone|iPad|iPod/, 'IOS'],
  [/Windows/, 'WINDOWS'],
  [/Macintosh|Mac OS X/, 'MAC'],
  [/Linux|X11|CrOS/, 'LINUX'],
];

export function deviceOf(req: Request): Device {
  const agent = req.get('User-Agent') ?? '';
  const named = <T>(marks: readonly (readonly [RegExp, T])[], other: T) =>
    marks.find(([mark]) => mark.test(agent))?.[1] ?? other;
  return {
    browser: named(BROWSER_MARKS, 'OTHER'),
    system: named(SYSTEM_MARKS, 'OTHER'),
    place: coarseAddress(req.ip ?? ''),
  };
}

/** Half of an IPv4 address, a provider's part of an IPv6 one: a city at best, never a home. */
export function coarseAddress(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 2).join('.')}.*.*`;
  if (isIP(plain) !== 6) return '';
  const [head = ''] = plain.split('::');
  const groups = head.split(':').filter(Boolean);
  return `${[groups[0] ?? '0', groups[1] ?? '0'].join(':')}::*`;
}

// SPDX-License-Identifier: Apache-2.0
import { formatTime } from '../ui/format.ts';

const OFFLINE = ['transfer', 'cash'];

/** Money that came outside any provider, of which finance has entered the day. */
export const isOffline = (channel: string): boolean => OFFLINE.includes(channel);

/** When money came or went back: of offline money only the day in Beijing is known. */
export function moneyTime(channel: string, at: string): string {
  return isOffline(channel) ? formatTime(at).slice(0, 10) : formatTime(at);
}

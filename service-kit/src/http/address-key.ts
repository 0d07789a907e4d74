// SPDX-License-Identifier: Apache-2.0
// Under which key an address is counted, in every budget and limit per address.
import { isIPv4, isIPv6 } from 'node:net';

const NO_ADDRESS = '::';

/** An IPv4 address, also one that is written as IPv6, counts by itself. A household owns a whole IPv6 /64, which counts as one. */
export function addressKey(address: string | undefined): string {
  // A zone names an interface of this machine.
  const plain = address?.replace(/%.*$/, '') ?? NO_ADDRESS;
  if (isIPv4(plain)) return plain;
  const groups = groupsOf(isIPv6(plain) ? plain : NO_ADDRESS);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return groups.slice(6).flatMap(bytesOf).join('.');
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): number[] {
  const [left = [], right = []] = address.split('::').map((half) => half.split(':').filter(Boolean).flatMap(numbersOf));
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}

/** One group, or the two that an IPv4 address at the end stands for. */
function numbersOf(part: string): number[] {
  if (!part.includes('.')) return [Number.parseInt(part, 16)];
  const [a = 0, b = 0, c = 0, d = 0] = part.split('.').map(Number);
  return [a * 256 + b, c * 256 + d];
}

const bytesOf = (group: number) => [group >> 8, group & 0xff];

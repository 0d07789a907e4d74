// Where a few ASCII letters stand in many bytes.
import { utf8 } from '../../encoding/bytes.ts';

/** The first place of `text` in bytes from `from` up to `to`; -1 if there is none. */
export function indexOf(bytes: Uint8Array, text: string, from = 0, to = bytes.length): number {
  const wanted = utf8(text);
  const [first = 0] = wanted;
  for (let at = bytes.indexOf(first, from); at >= 0 && at + wanted.length <= to; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, place) => bytes[at + place] === byte)) return at;
  }
  return -1;
}

/** The last place of `text` in bytes from `from` on; -1 if there is none. */
export function lastIndexOf(bytes: Uint8Array, text: string, from: number): number {
  let last = -1;
  for (let at = indexOf(bytes, text, from); at >= 0; at = indexOf(bytes, text, at + 1)) last = at;
  return last;
}

// SPDX-License-Identifier: Apache-2.0
import { formatTime } from '../ui/format.ts';

/** An instant in a table: where room is scarce the time stands under its day, and neither is broken. */
export function Moment({ at }: { at: string }) {
  const [day, time] = formatTime(at).split(' ');
  return (
    <time className="moment" dateTime={at}>
      <span>{day}</span> <span>{time}</span>
    </time>
  );
}

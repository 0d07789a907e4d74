// SPDX-License-Identifier: Apache-2.0
// What several sections of 存证公示 need.
import type { components } from '../../api/schema.gen.ts';

export type PublishedAudit = components['schemas']['PublishedAudit'];

export function TableHead({ columns }: { columns: readonly string[] }) {
  return (
    <thead>
      <tr>
        {columns.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** How many of the issued numbers a sample stands for, such as `12.5%`; undefined while none was issued. */
export function shareOf(
  size: number,
  { firstNumber, nextNumber }: { firstNumber: string; nextNumber: string },
): string | undefined {
  const issued = Number(BigInt(nextNumber) - BigInt(firstNumber));
  if (issued <= 0) return undefined;
  const percent = Math.min(100, (size / issued) * 100);
  return percent < 0.01 ? '<0.01%' : `${Number(percent.toPrecision(3))}%`;
}

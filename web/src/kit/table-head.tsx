// SPDX-License-Identifier: Apache-2.0

/**
 * The names of the columns of a table; on a telephone, where rows are cards, each cell says its own. What is `folded` stands in
 * another column where there is little room.
 */
export function TableHead({ columns, folded = [] }: { columns: readonly string[]; folded?: readonly string[] }) {
  return (
    <thead>
      <tr>
        {columns.map((name) => (
          <th key={name} scope="col" className={folded.includes(name) ? 'fold' : undefined}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

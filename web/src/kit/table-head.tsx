// SPDX-License-Identifier: Apache-2.0

/** The names of the columns of a table; on a telephone, where rows are cards, each cell says its own. */
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

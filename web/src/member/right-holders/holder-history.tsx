// SPDX-License-Identifier: Apache-2.0
// Every save of a right holder: when, under which name and number, and what changed.
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { useKitText } from '../../kit/i18n.ts';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { useHolderText } from './i18n.ts';

export function HolderHistory({ id }: { id: string }) {
  const text = useHolderText();
  const { comma } = useKitText();
  const labels: Record<string, unknown> = text;
  const versions = useQuery({
    queryKey: ['right-holder', id, 'versions'],
    queryFn: ({ signal }) => call('get', '/right-holders/{id}/versions', { params: { id }, signal }),
  });
  const namesOf = (fields: readonly string[]) => fields.map((field) => String(labels[field] ?? field)).join(comma);
  return (
    <Loaded query={versions}>
      {({ items }) => (
        <ol className="versions">
          {items.map(({ version, savedAt, name, documentNumber, changed }) => (
            <li key={version}>
              <strong>{fill(text.version, { version })}</strong> {formatTime(savedAt)} {name} {documentNumber}
              <div className="small">
                {changed.length > 0 ? fill(text.changed, { fields: namesOf(changed) }) : version === 1 && text.first}
              </div>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}

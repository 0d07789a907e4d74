// SPDX-License-Identifier: Apache-2.0
// 设置: what administrators set of the site, and who changed what of it, when and why.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { StaffSettings } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Moment } from '../../kit/moment.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { useSettingsText } from './i18n.ts';
import './settings.css';
import { langOf, SettingsForm } from './settings-form.tsx';
import { shownValue } from './values.ts';

export function SettingsPage() {
  const text = useSettingsText();
  const [saved, setSaved] = useState<number>();
  const settings = useQuery({
    queryKey: ['staff-settings'],
    queryFn: ({ signal }) => call('get', '/staff/settings', { signal }),
    // Nothing replaces a text that somebody is writing.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Main className="desk-main">
      <PageTitle title={text.title} />
      <p className="desk-lead">{text.lead}</p>
      <div role="status">
        {saved !== undefined && <p className="notice notice-done">{fill(text.saved, { version: saved })}</p>}
      </div>
      <Loaded query={settings}>
        {(found) => (
          <>
            <SettingsForm key={found.version} settings={found} onSaved={setSaved} />
            <Section title={text.history}>
              <History history={found.history} />
            </Section>
          </>
        )}
      </Loaded>
    </Main>
  );
}

function History({ history }: Pick<StaffSettings, 'history'>) {
  const text = useSettingsText();
  const { version, savedAt, savedBy, what, note } = text.column;
  if (history.length === 0) return <p className="muted">{text.noHistory}</p>;
  return (
    <table className="rows" aria-label={text.history}>
      <TableHead columns={[version, savedAt, savedBy, what, note]} />
      <tbody>
        {history.map((each) => (
          <tr key={each.version}>
            <td data-label={version}>{fill(text.versionName, { version: each.version })}</td>
            <td data-label={savedAt}>
              <Moment at={each.savedAt} />
            </td>
            <td data-label={savedBy}>{each.savedBy}</td>
            <td data-label={what}>
              <ul className="settings-changes">
                {each.changes.map(({ field, from, to }) => (
                  <li key={field}>
                    {text.field[field]}
                    <span lang={langOf(field)}>
                      <del>{shownValue(field, from)}</del> → <ins>{shownValue(field, to)}</ins>
                    </span>
                  </li>
                ))}
              </ul>
            </td>
            <td data-label={note}>{each.note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

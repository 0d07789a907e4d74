// SPDX-License-Identifier: Apache-2.0
// For whom the member acts, always in view: everything they make belongs to the party shown here.

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { onActingChanged } from '../../api/acting.ts';
import { actFor } from '../../api/organisations.ts';
import type { Me } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { useOrganisationText } from './i18n.ts';
import './organisation.css';

export function ActingSwitch({ me }: { me: Me }) {
  const text = useOrganisationText();
  const queries = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  // Another tab has switched, or the membership has ended: show for whom the session acts now.
  useEffect(() => onActingChanged(() => void queries.invalidateQueries({ queryKey: ['me'] })), [queries]);
  if (me.organisations.length === 0) return null;
  const change = async (value: string) => {
    setBusy(true);
    await actFor(value === '' ? null : value).catch(() => queries.invalidateQueries({ queryKey: ['me'] }));
    setBusy(false);
  };
  return (
    <select
      className="acting"
      aria-label={text.actAs}
      value={me.actingFor ?? ''}
      disabled={isBusy}
      onChange={(event) => void change(event.target.value)}
    >
      <option value="">{fill(text.forMe, { number: me.userNumber })}</option>
      {me.organisations.map(({ id, name, role }) => (
        <option key={id} value={id}>
          {fill(text.forOrganisation, { name, role: text.roles[role] })}
        </option>
      ))}
    </select>
  );
}

// SPDX-License-Identifier: Apache-2.0
// A link in a mail names the party that its page belongs to. Whoever acts for another one is told, and switches by a button:
// no link changes by itself for whom somebody acts.
import { Button } from 'antd';
import { useState } from 'react';
import { useLocation } from 'react-router';
import { actFor } from '../../api/organisations.ts';
import type { Me } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { useOrganisationText } from './i18n.ts';

export function PartyOfLink({ me }: { me: Me }) {
  const text = useOrganisationText();
  const { pathname, search } = useLocation();
  const [isBusy, setBusy] = useState(false);
  const named = new URLSearchParams(search).get('party');
  const party = named === 'self' ? null : named;
  const organisation = me.organisations.find(({ id }) => id === party);
  if (named === null || me.actingFor === party) return null;
  if (party !== null && !organisation) return <p className="notice notice-error">{text.linkOfNoMember}</p>;
  const change = async () => {
    setBusy(true);
    await actFor(party, pathname).catch(() => setBusy(false));
  };
  return (
    <div className="notice party-of-link" role="status">
      {organisation ? fill(text.linkOfOrganisation, { name: organisation.name }) : text.linkOfSelf}{' '}
      <Button loading={isBusy} onClick={() => void change()}>
        {text.linkSwitch}
      </Button>
    </div>
  );
}

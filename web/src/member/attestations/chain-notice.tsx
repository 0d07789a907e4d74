// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { chainOf } from './chain.ts';

/** Where this order stands among those that were begun together, and the way to the next one. */
export function ChainNotice({ id }: { id: string }) {
  const text = useAttestationText();
  const chain = chainOf(id);
  if (!chain) return null;
  return (
    <p className="notice">
      {fill(text.chainPlace, { place: chain.place + 1, count: chain.ids.length })}{' '}
      {chain.next && <Link to={`/member/attest/${chain.next}`}>{text.chainNext}</Link>}
    </p>
  );
}

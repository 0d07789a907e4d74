// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import { fill } from '../../i18n/fill.ts';
import { Failure } from '../../kit/states.tsx';
import { useParkedWorkText } from './i18n.ts';
import { PARKED_WORK, useParkedWork } from './use-parked-work.ts';

/** On the home of the desk: telephones hide the navigation, and parked work must not go unseen there. */
export function ParkedWorkNotice() {
  const text = useParkedWorkText();
  const { data, error, refetch } = useParkedWork();
  if (!data) return error ? <Failure error={error} onRetry={refetch} /> : null;
  if (data.total === 0) return null;
  return (
    <p className="notice notice-error" role="status">
      {fill(text.noticeCount, { count: data.total })} <Link to={PARKED_WORK}>{text.noticeLink}</Link>
    </p>
  );
}

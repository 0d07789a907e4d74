// SPDX-License-Identifier: Apache-2.0
import { useLocation } from 'react-router';
import { PageTitle } from '../../kit/section.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { useStaffText } from './i18n.ts';
import { Queue } from './queue.tsx';
import '../desk/desk.css';

/** The queue, before an order is chosen. */
export function QueuePage() {
  const text = useStaffText();
  const { state } = useLocation();
  return (
    <div className="desk-body is-queue">
      <Queue current={undefined} />
      <Main className="desk-main">
        <PageTitle title={text.attestations} />
        <div role="status">{state?.done && <p className="notice notice-done">{state.done}</p>}</div>
        <p className="desk-choose">{text.choose}</p>
      </Main>
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import { call } from '../../api/client.ts';
import type { RegistrationState } from '../../api/registrations.ts';
import type { WorkSummary } from '../../api/works.ts';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { BeginButton } from './begin-button.tsx';
import { useWorksText } from './i18n.ts';

const ENDED: readonly string[] = ['NOT_REGISTERED', 'WITHDRAWN', 'REVOKED'];

/** The way to a work's registration: begin one, go on with the draft, or see how it stands. */
export function RegisterLink({ work }: { work: WorkSummary }) {
  const text = useWorksText();
  const { states } = useRegistrationNames();
  const { id, registration, title, state, workType } = work;
  if (registration && !ENDED.includes(registration.state)) {
    const page = `/member/registrations/${registration.id}`;
    if (registration.state === 'DRAFT') return <Link to={`${page}/edit`}>{text.goOnRegistering}</Link>;
    return <Link to={page}>{states[registration.state as RegistrationState]}</Link>; // the portal's states
  }
  if (workType === 'SOFTWARE') return <span className="small">{text.softwareElsewhere}</span>;
  if (state === 'DRAFT') return <span className="small">{text.needsArchive}</span>;
  const begin = async () => {
    const draft = await call('post', '/registrations', { body: { workId: id } });
    return `/member/registrations/${draft.id}/edit`;
  };
  return <BeginButton label={text.goRegister} title={title} begin={begin} />;
}

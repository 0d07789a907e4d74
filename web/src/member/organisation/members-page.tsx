// SPDX-License-Identifier: Apache-2.0
// 单位成员: who acts for the organisation, who is invited, and what a manager may change about it.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { type OrganisationMember, useMembers, useOrganisation } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useOrganisationText } from './i18n.ts';
import { InviteForm } from './invite-form.tsx';
import { type MemberAct, MemberRows } from './member-rows.tsx';
import { SentInvitations } from './sent-invitations.tsx';

export function MembersPage() {
  const text = useOrganisationText();
  const organisation = useOrganisation();
  return (
    <>
      <PageTitle title={text.members} />
      <Loaded query={organisation}>{({ name, role }) => <Members name={name} isManager={role === 'MANAGER'} />}</Loaded>
    </>
  );
}

function Members({ name, isManager }: { name: string; isManager: boolean }) {
  const text = useOrganisationText();
  const members = useMembers();
  const [asked, setAsked] = useState<Asked>();
  const act = useMemberAct(() => setAsked(undefined));
  const begin: (kind: MemberAct, member: OrganisationMember) => void = (kind, member) => {
    if (kind === 'makeManager' || kind === 'makeClerk') act.mutate({ kind, member });
    else setAsked({ kind, member });
  };
  return (
    <>
      <Section title={text.memberList} aside={name}>
        <p>{text.membersLead}</p>
        {act.error && !asked && <ErrorList error={toApiError(act.error)} attempt={1} />}
        <Loaded query={members}>
          {(data) => <MemberRows members={data.members} isManager={isManager} onAct={begin} />}
        </Loaded>
      </Section>
      {isManager && (
        <>
          <Section title={text.invite}>
            <InviteForm />
          </Section>
          <Section title={text.invitations}>
            <Loaded query={members}>{(data) => <SentInvitations items={data.invitations} />}</Loaded>
          </Section>
        </>
      )}
      {asked && (
        <Confirm
          isOpen
          title={fill(text.ask[asked.kind], { name: asked.kind === 'leave' ? name : asked.member.userNumber })}
          lead={text.lead[asked.kind]}
          yes={text[asked.kind]}
          no={text.cancel}
          action={{ ...act, mutate: () => act.mutate(asked) }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

interface Asked {
  kind: 'remove' | 'leave' | 'handOver';
  member: OrganisationMember;
}

function useMemberAct(onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, member: { id } }: { kind: MemberAct; member: OrganisationMember }) => send(kind, id),
    onSuccess: async (_, { kind }) => {
      if (kind === 'leave') return window.location.assign('/member/profile');
      onDone();
      for (const key of ['organisation', 'organisation-members', 'me'])
        await queries.invalidateQueries({ queryKey: [key] });
    },
  });
}

function send(kind: MemberAct, id: string): Promise<unknown> {
  const params = { id };
  if (kind === 'remove') return call('delete', '/organisations/current/members/{id}', { params });
  if (kind === 'leave') return call('delete', '/organisations/current/membership');
  if (kind === 'handOver') return call('post', '/organisations/current/handover', { body: { memberId: id } });
  const role = kind === 'makeManager' ? 'MANAGER' : 'CLERK';
  return call('put', '/organisations/current/members/{id}', { params, body: { role } });
}

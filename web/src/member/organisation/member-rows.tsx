// SPDX-License-Identifier: Apache-2.0
import type { OrganisationMember } from '../../api/organisations.ts';
import { Moment } from '../../kit/moment.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { useOrganisationText } from './i18n.ts';

export type MemberAct = 'makeManager' | 'makeClerk' | 'handOver' | 'remove' | 'leave';

interface MemberRowsProps {
  members: readonly OrganisationMember[];
  isManager: boolean;
  onAct: (kind: MemberAct, member: OrganisationMember) => void;
}

export function MemberRows({ members, isManager, onAct }: MemberRowsProps) {
  const text = useOrganisationText();
  return (
    <table className="rows" aria-label={text.memberList}>
      <TableHead columns={Object.values(text.column)} />
      <tbody>
        {members.map((member) => (
          <Row key={member.id} {...{ member, isManager, onAct }} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ member, isManager, onAct }: Omit<MemberRowsProps, 'members'> & { member: OrganisationMember }) {
  const text = useOrganisationText();
  const { userNumber, name, phone, role, joinedAt, isMe } = member;
  return (
    <tr>
      <td data-label={text.column.user} className="one-line">
        {userNumber} {isMe && text.me}
      </td>
      <td data-label={text.column.person}>{name ?? text.unnamed}</td>
      <td data-label={text.column.phone} className="one-line">
        {phone}
      </td>
      <td data-label={text.column.role}>{text.roles[role]}</td>
      <td data-label={text.column.joined}>
        <Moment at={joinedAt} />
      </td>
      <td data-label={text.column.action}>
        <span className="actions">
          {actsOn(member, isManager).map((kind) => (
            <button
              key={kind}
              type="button"
              className="link-button"
              aria-label={`${text[kind]} ${userNumber}`}
              onClick={() => onAct(kind, member)}
            >
              {text[kind]}
            </button>
          ))}
        </span>
      </td>
    </tr>
  );
}

function actsOn({ isMe, role }: OrganisationMember, isManager: boolean): MemberAct[] {
  if (isMe) return ['leave'];
  if (!isManager) return [];
  return [role === 'CLERK' ? 'makeManager' : 'makeClerk', 'handOver', 'remove'];
}

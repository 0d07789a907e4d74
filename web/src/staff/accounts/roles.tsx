// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import type { StaffAccount } from '../../api/staff.ts';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { useShellText } from '../shell/i18n.ts';
import type { Act } from './account-act.tsx';
import { useAccountText } from './i18n.ts';

/** `onAct` is there for whoever may change them. */
export function Roles({
  account: { roles, state },
  onAct,
}: {
  account: StaffAccount;
  onAct: ((act: Act) => void) | undefined;
}) {
  const text = useAccountText();
  const { roles: names } = useShellText();
  return (
    <Section title={text.roles}>
      {roles.length === 0 ? (
        <p>{text.noRoles}</p>
      ) : (
        <table className="rows" aria-label={text.roles}>
          <TableHead columns={[text.role, text.grantedAt, text.action]} />
          <tbody>
            {roles.map(({ role, grantedAt }) => (
              <tr key={role}>
                <td data-label={text.role}>{names[role]}</td>
                <td data-label={text.grantedAt}>
                  <Moment at={grantedAt} />
                </td>
                <td data-label={text.action}>
                  {onAct ? (
                    <button
                      type="button"
                      className="link-button"
                      aria-label={`${text.WITHDRAW} ${names[role]}`}
                      onClick={() => onAct({ kind: 'WITHDRAW', role })}
                    >
                      {text.WITHDRAW}
                    </button>
                  ) : (
                    '–'
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {onAct && state === 'ACTIVE' && (
        <div className="account-actions">
          <Button onClick={() => onAct({ kind: 'GRANT' })}>{text.GRANT}</Button>
        </div>
      )}
    </Section>
  );
}

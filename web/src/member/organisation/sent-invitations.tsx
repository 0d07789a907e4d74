// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { SentInvitation } from '../../api/organisations.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Empty } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { useOrganisationText } from './i18n.ts';

/** Invitations that nobody has answered. */
export function SentInvitations({ items }: { items: readonly SentInvitation[] }) {
  const text = useOrganisationText();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (id: string) => call('delete', '/organisations/current/invitations/{id}', { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['organisation-members'] }),
  });
  const { sentColumn: column } = text;
  return (
    <>
      {withdraw.error && <ErrorList error={toApiError(withdraw.error)} />}
      {items.length === 0 ? (
        <Empty title={text.noInvitations} />
      ) : (
        <table className="rows" aria-label={text.invitations}>
          <TableHead columns={Object.values(column)} />
          <tbody>
            {items.map(({ id, phone, role, createdAt, expiresAt }) => (
              <tr key={id}>
                <td data-label={column.phone} className="one-line">
                  {phone}
                </td>
                <td data-label={column.role}>{text.roles[role]}</td>
                <td data-label={column.sent}>
                  <Moment at={createdAt} />
                </td>
                <td data-label={column.until}>
                  <Moment at={expiresAt} />
                </td>
                <td data-label={column.action}>
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`${text.withdraw} ${phone}`}
                    disabled={withdraw.isPending}
                    onClick={() => withdraw.mutate(id)}
                  >
                    {text.withdraw}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

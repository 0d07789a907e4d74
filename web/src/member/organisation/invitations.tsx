// SPDX-License-Identifier: Apache-2.0
// Invitations to the member's telephone: each is answered once.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { type Invitation, useInvitations } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Section } from '../../kit/section.tsx';
import { formatTime } from '../../ui/format.ts';
import { useOrganisationText } from './i18n.ts';

/** Nothing at all without an invitation. */
export function Invitations() {
  const text = useOrganisationText();
  const queries = useQueryClient();
  const { data } = useInvitations();
  const answer = useMutation({
    mutationFn: ({ id, answer: given }: { id: string; answer: 'accept' | 'decline' }) =>
      call('post', '/invitations/{id}/answer', { params: { id }, body: { answer: given } }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['invitations'] });
      await queries.invalidateQueries({ queryKey: ['me'] });
    },
  });
  const items = data?.items ?? [];
  const isAccepted = answer.isSuccess && answer.variables.answer === 'accept';
  if (items.length === 0 && !isAccepted && !answer.error) return null;
  return (
    <Section title={text.invitedTitle}>
      {answer.error && <ErrorList error={toApiError(answer.error)} />}
      <div role="status">{isAccepted && <p className="notice notice-done">{text.accepted}</p>}</div>
      {items.map((item) => (
        <Item
          key={item.id}
          item={item}
          isBusy={answer.isPending}
          onAnswer={(given) => answer.mutate({ id: item.id, answer: given })}
        />
      ))}
    </Section>
  );
}

interface ItemProps {
  item: Invitation;
  isBusy: boolean;
  onAnswer: (answer: 'accept' | 'decline') => void;
}

function Item({ item: { organisation: name, role, expiresAt }, isBusy, onAnswer }: ItemProps) {
  const text = useOrganisationText();
  return (
    <div className="stack">
      <p>{fill(text.invitedLead, { name, role: text.roles[role], until: formatTime(expiresAt) })}</p>
      <div className="form-actions">
        <Button type="primary" disabled={isBusy} onClick={() => onAnswer('accept')}>
          {text.accept}
        </Button>
        <Button disabled={isBusy} onClick={() => onAnswer('decline')}>
          {text.decline}
        </Button>
      </div>
    </div>
  );
}

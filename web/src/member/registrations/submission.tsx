// SPDX-License-Identifier: Apache-2.0
// The last question before the content is fixed: what it costs, and what can no longer be changed.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import type { Registration } from '../../api/registrations.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { useMyRegistrationText } from './i18n.ts';
import { usePriceWords } from './price-words.ts';
import type { RegistrationFormState } from './use-registration-form.ts';

export function Submission({ form }: { form: RegistrationFormState }) {
  const text = useMyRegistrationText();
  const { confirming, setConfirming, registration } = form;
  const price = usePriceWords(confirming ?? registration);
  const action = useSubmission(form);
  return (
    <Confirm
      isOpen={confirming !== undefined}
      title={text.confirmTitle}
      lead={text.confirmLead}
      yes={text.confirm}
      no={text.cancel}
      action={action}
      onClose={() => setConfirming(undefined)}
    >
      <p>
        <strong>{price}</strong>
      </p>
    </Confirm>
  );
}

function useSubmission({ confirming, setConfirming, isReturned, faults }: RegistrationFormState) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async () => {
      if (confirming) await send(confirming);
    },
    onError: async (error) => {
      const { code } = toApiError(error);
      if (code === 'price-changed' && confirming) {
        const { id } = confirming;
        // The question stays, with the new price.
        const found = await call('get', '/registrations/{id}', { params: { id } });
        queries.setQueryData(['registration', id], found);
        setConfirming(found);
      } else if (code === 'invalid-request' || code === 'version-conflict') {
        setConfirming(undefined);
        faults.fail(error);
      }
    },
  });

  async function send({ id, version, fee }: Registration): Promise<void> {
    const sent = isReturned
      ? await call('post', '/registrations/{id}/resubmission', { params: { id }, body: { version } })
      : await call('post', '/registrations/{id}/submission', {
          params: { id },
          body: { version, priceFen: fee.priceFen },
        });
    queries.setQueryData(['registration', id], sent);
    void queries.invalidateQueries({ queryKey: ['registrations'] });
    void queries.invalidateQueries({ queryKey: ['works'] });
    const page = `/member/registrations/${id}`;
    void navigate(sent.allowed.includes('pay') ? `${page}/payment` : page, { replace: true });
  }
}

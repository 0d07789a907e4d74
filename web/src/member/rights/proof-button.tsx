// SPDX-License-Identifier: Apache-2.0
import { useMutation } from '@tanstack/react-query';
import { toApiError } from '../../api/api-error.ts';
import { download } from '../../api/download.ts';
import { errorSentence } from '../../api/sentences.ts';
import { FieldFault } from '../../kit/field.tsx';
import { useRightsText } from './i18n.ts';

export function ProofButton({ id }: { id: string }) {
  const text = useRightsText();
  const save = useMutation({ mutationFn: () => download(`/rights-events/${id}/bundle`) });
  return (
    <>
      <button type="button" className="link-button" disabled={save.isPending} onClick={() => save.mutate()}>
        {text.proof}
      </button>
      {save.error && <FieldFault text={errorSentence(toApiError(save.error).code)} />}
    </>
  );
}

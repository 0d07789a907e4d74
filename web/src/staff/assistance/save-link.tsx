// SPDX-License-Identifier: Apache-2.0
// Saves a file of a case, and says in place why not when it cannot.
import { useMutation } from '@tanstack/react-query';
import { toApiError } from '../../api/api-error.ts';
import { download } from '../../api/download.ts';
import { errorSentence } from '../../api/sentences.ts';
import { FieldFault } from '../../kit/field.tsx';

export function SaveLink({ address, label, onSaved }: { address: string; label: string; onSaved?: () => unknown }) {
  const save = useMutation({ mutationFn: () => download(address), onSuccess: () => onSaved?.() });
  return (
    <span>
      <button type="button" className="link-button" disabled={save.isPending} onClick={() => save.mutate()}>
        {label}
      </button>
      {save.error && <FieldFault text={errorSentence(toApiError(save.error).code)} />}
    </span>
  );
}

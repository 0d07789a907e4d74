// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import { errorSentence } from '../../api/sentences.ts';
import { FieldFault } from '../../kit/field.tsx';

interface BeginButtonProps {
  label: string;
  title: string;
  /** Makes the draft and answers with the address of its form. */
  begin: () => Promise<string>;
}

/** Begins an order of a work and leads to its form; says in place why not when it cannot. */
export function BeginButton({ label, title, begin }: BeginButtonProps) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const beginning = useMutation({
    mutationFn: begin,
    onSuccess: (form) => {
      void queries.invalidateQueries({ queryKey: ['works'] });
      void navigate(form);
    },
  });
  return (
    <div>
      <button
        type="button"
        className="link-button"
        aria-label={`${label} ${title}`}
        disabled={beginning.isPending}
        onClick={() => beginning.mutate()}
      >
        {label}
      </button>
      {beginning.error && <FieldFault text={errorSentence(toApiError(beginning.error).code)} />}
    </div>
  );
}

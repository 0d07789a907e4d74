// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import type { AttestationState } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import { errorSentence } from '../../api/sentences.ts';
import type { WorkSummary } from '../../api/works.ts';
import { FieldFault } from '../../kit/field.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { useWorksText } from './i18n.ts';

const ENDED: readonly string[] = ['REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED', 'REVOKED'];

/** What can be done about a work's attestation now: nothing before it is in the archive, nor while an order counts. */
export function attestStepOf({ state, attestation }: WorkSummary): 'none' | 'begin' | 'draft' | 'order' {
  if (state === 'DRAFT') return 'none';
  if (!attestation || ENDED.includes(attestation.state)) return 'begin';
  return attestation.state === 'DRAFT' ? 'draft' : 'order';
}

/** The way to a work's attestation: begin one, go on with the draft, or see how the order stands. */
export function AttestLink({ work }: { work: WorkSummary }) {
  const text = useWorksText();
  const { states } = useAttestationText();
  const { attestation } = work;
  const step = attestStepOf(work);
  if (step === 'none') return <span className="small">{text.needsArchive}</span>;
  if (!attestation || step === 'begin') return <Begin work={work} />;
  if (step === 'draft') return <Link to={`/member/attest/${attestation.id}`}>{text.goOn}</Link>;
  const state = attestation.state as AttestationState; // the states of an order are those of the portal's document
  return <Link to={`/member/attestations/${attestation.id}`}>{states[state]}</Link>;
}

function Begin({ work }: { work: WorkSummary }) {
  const text = useWorksText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: () => call('post', '/attestations', { body: { workId: work.id } }),
    onSuccess: (attestation) => {
      queries.setQueryData(['attestation', attestation.id], attestation);
      void queries.invalidateQueries({ queryKey: ['works'] });
      void navigate(`/member/attest/${attestation.id}`);
    },
  });
  return (
    <div>
      <button
        type="button"
        className="link-button"
        aria-label={`${text.goAttest} ${work.title}`}
        disabled={begin.isPending}
        onClick={() => begin.mutate()}
      >
        {text.goAttest}
      </button>
      {begin.error && <FieldFault text={errorSentence(toApiError(begin.error).code)} />}
    </div>
  );
}

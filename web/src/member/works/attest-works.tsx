// SPDX-License-Identifier: Apache-2.0
// 一起确权存证: an order for each of the chosen works, to be filled in one after the other.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { errorSentence } from '../../api/sentences.ts';
import type { WorkSummary } from '../../api/works.ts';
import { fill } from '../../i18n/fill.ts';
import { FieldFault } from '../../kit/field.tsx';
import { storeChain } from '../attestations/chain.ts';
import { attestStepOf } from './attest-link.tsx';
import { useWorksText } from './i18n.ts';

/** Only for works that can be attested now; an order that was begun already is gone on with. */
export function AttestWorks({ works }: { works: readonly WorkSummary[] }) {
  const text = useWorksText();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: async () => {
      const ids: string[] = [];
      for (const work of works) ids.push(await orderFor(work));
      return ids;
    },
    onSuccess: (ids) => {
      storeChain(ids);
      void navigate(`/member/attest/${ids[0]}`);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['works'] }),
  });
  if (works.length === 0) return null;
  return (
    <>
      <Button loading={begin.isPending} onClick={() => begin.mutate()}>
        {fill(text.attestMany, { count: works.length })}
      </Button>
      {begin.error && <FieldFault text={errorSentence(toApiError(begin.error).code)} />}
    </>
  );
}

async function orderFor(work: WorkSummary): Promise<string> {
  const { attestation } = work;
  if (attestation && attestStepOf(work) === 'draft') return attestation.id;
  return (await call('post', '/attestations', { body: { workId: work.id } })).id;
}

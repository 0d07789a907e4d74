// SPDX-License-Identifier: Apache-2.0
// 按文件查询: whether somebody with one of the files finds the certificate by it. The owner may change that at any time.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Switch } from 'antd';
import { useId } from 'react';
import { toApiError } from '../../api/api-error.ts';
import type { Attestation, AttestationState } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import { ErrorList } from '../../kit/error-list.tsx';
import { Section } from '../../kit/section.tsx';
import { useAttestationText } from '../../orders/i18n.ts';

/** From these no certificate comes, or not yet. */
const WITHOUT: readonly AttestationState[] = ['DRAFT', 'REJECTED', 'WITHDRAWN', 'CANCELLED', 'CLOSED'];

export function FileLookup({ attestation: { id, state, isFoundByFile } }: { attestation: Attestation }) {
  const text = useAttestationText();
  const queries = useQueryClient();
  const switchId = useId();
  const hintId = useId();
  const choose = useMutation({
    mutationFn: (isFound: boolean) =>
      call('put', '/attestations/{id}/file-lookup', { params: { id }, body: { isFoundByFile: isFound } }),
    onSuccess: (changed) => queries.setQueryData(['attestation', id], changed),
  });
  if (WITHOUT.includes(state)) return null;
  return (
    <Section title={text.fileLookup}>
      <p className="file-lookup">
        <Switch
          checked={isFoundByFile}
          loading={choose.isPending}
          onChange={(isFound) => choose.mutate(isFound)}
          id={switchId}
          aria-describedby={hintId}
        />
        <label htmlFor={switchId}>{text.fileLookupLabel}</label>
      </p>
      <p className="small" id={hintId}>
        {isFoundByFile ? text.fileLookupOn : text.fileLookupOff}
      </p>
      {choose.error && <ErrorList error={toApiError(choose.error)} />}
    </Section>
  );
}

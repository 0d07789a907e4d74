// SPDX-License-Identifier: Apache-2.0
// 确权作品存证: what goes on record, for a draft or a returned order.
import { useState } from 'react';
import { useParams } from 'react-router';
import { useAttestation } from '../../api/attestations.ts';
import { Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { AttestForm } from './attest-form.tsx';
import { NotEditable } from './not-editable.tsx';

export function AttestPage() {
  const { id = '' } = useParams();
  return <Editor key={id} id={id} />;
}

function Editor({ id }: { id: string }) {
  const text = useAttestationText();
  const attestation = useAttestation(id);
  const [attempt, setAttempt] = useState(0);
  const reload = async () => {
    await attestation.refetch();
    setAttempt((count) => count + 1);
  };
  return (
    <Loaded query={attestation}>
      {(found) =>
        found.allowed.includes('edit') ? (
          <AttestForm key={attempt} attestation={found} onReload={reload} />
        ) : (
          <NotEditable attestation={found} title={text.formTitle} />
        )
      }
    </Loaded>
  );
}

// SPDX-License-Identifier: Apache-2.0
// 确权作品存证: what goes on record, for a draft or a returned order.
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useAttestation } from '../../api/attestations.ts';
import { PageTitle } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { aboutOf } from '../../orders/labels.ts';
import { AttestForm } from './attest-form.tsx';

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
          <>
            <PageTitle title={text.formTitle} about={aboutOf(found)} />
            <p className="notice">
              {text.notEditable} <Link to={`/member/attestations/${id}`}>{text.goOrder}</Link>
            </p>
          </>
        )
      }
    </Loaded>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import type { Attestation } from '../../api/attestations.ts';
import { PageTitle } from '../../kit/section.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { aboutOf } from '../../orders/labels.ts';

/** In place of a form or a summary of what was submitted already. */
export function NotEditable({ attestation, title }: { attestation: Attestation; title: string }) {
  const text = useAttestationText();
  return (
    <>
      <PageTitle title={title} about={aboutOf(attestation)} />
      <p className="notice">
        {text.notEditable} <Link to={`/member/attestations/${attestation.id}`}>{text.goOrder}</Link>
      </p>
    </>
  );
}

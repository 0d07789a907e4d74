// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import type { AttestationState } from '../../api/attestations.ts';
import { call } from '../../api/client.ts';
import type { WorkSummary } from '../../api/works.ts';
import { useAttestationText } from '../../orders/i18n.ts';
import { BeginButton } from './begin-button.tsx';
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
  if (!attestation || step === 'begin')
    return <BeginButton label={text.goAttest} title={work.title} begin={() => beginAttestation(work.id)} />;
  if (step === 'draft') return <Link to={`/member/attest/${attestation.id}`}>{text.goOn}</Link>;
  const state = attestation.state as AttestationState; // the states of an order are those of the portal's document
  return <Link to={`/member/attestations/${attestation.id}`}>{states[state]}</Link>;
}

async function beginAttestation(workId: string): Promise<string> {
  const { id } = await call('post', '/attestations', { body: { workId } });
  return `/member/attest/${id}`;
}

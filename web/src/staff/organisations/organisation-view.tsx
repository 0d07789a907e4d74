// SPDX-License-Identifier: Apache-2.0
// What an organisation states in clear beside its licence, for the minutes that the portal grants after a reason was given.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { StaffOrganisation, StaffOrganisationView } from '../../api/organisations.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts } from '../../kit/section.tsx';
import { formatTime } from '../../ui/format.ts';
import { LookForm } from '../documents/look-form.tsx';
import { clockOf, useSecondsLeft } from '../documents/seconds-left.ts';
import { useMayReview } from '../reviewing.ts';
import { useOrganisationReviewText } from './i18n.ts';
import { LicenceViewer } from './licence-viewer.tsx';

export function OrganisationView({ organisation }: { organisation: StaffOrganisation }) {
  const text = useOrganisationReviewText();
  const mayOpen = useMayReview();
  const { id, name, creditCode, representative, phone, email, savedAt } = organisation;
  const [reason, setReason] = useState<string>(text.usualReason);
  const view = useMutation({
    mutationFn: (body: { reason: string }) => call('post', '/staff/organisations/{id}/views', { params: { id }, body }),
    gcTime: 0,
  });
  if (view.data) return <Open organisation={organisation} view={view.data} onClose={view.reset} />;
  return (
    <>
      <Facts
        rows={[
          [text.name, name],
          [text.creditCode, <code key="code">{creditCode}</code>],
          [text.representative, representative],
          [text.phone, phone],
          [text.email, email],
          [text.savedAt, formatTime(savedAt)],
        ]}
      />
      {mayOpen && (
        <LookForm
          label={text.reason}
          hint={text.reasonHint}
          button={text.look}
          initial={reason}
          isPending={view.isPending}
          look={(given) => {
            setReason(given);
            return view.mutateAsync({ reason: given });
          }}
        />
      )}
    </>
  );
}

interface OpenProps {
  organisation: StaffOrganisation;
  view: StaffOrganisationView;
  onClose: () => void;
}

function Open({ organisation: { id, savedAt }, view, onClose }: OpenProps) {
  const text = useOrganisationReviewText();
  const left = useSecondsLeft(view.expiresAt, onClose);
  return (
    <div className="organisation-case">
      <LicenceViewer id={id} view={view.token} />
      <div>
        <Facts
          rows={[
            [text.name, view.name],
            [text.creditCode, <code key="code">{view.creditCode}</code>],
            [text.representative, view.representative],
            [text.address, view.address],
            [text.phone, view.phone],
            [text.email, view.email],
            [text.savedAt, formatTime(savedAt)],
          ]}
        />
        <p className="small">{fill(text.ends, { time: clockOf(left) })}</p>
        <Button onClick={onClose}>{text.end}</Button>
      </div>
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
// What the document states in clear beside its pictures, for the minutes that the portal grants after a reason was given.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call, link } from '../../api/client.ts';
import type { StaffIdentity, StaffIdentityView } from '../../api/identity-reviews.ts';
import { nationalityName } from '../../api/nationalities.ts';
import { fill } from '../../i18n/fill.ts';
import { useLanguage } from '../../i18n/language.ts';
import { Facts } from '../../kit/section.tsx';
import { DocumentPicture } from '../documents/document-picture.tsx';
import { LookForm } from '../documents/look-form.tsx';
import { clockOf, useSecondsLeft } from '../documents/seconds-left.ts';
import { useMayReview } from '../reviewing.ts';
import { useIdentityReviewText } from './i18n.ts';

export function DocumentView({ identity }: { identity: StaffIdentity }) {
  const text = useIdentityReviewText();
  const mayOpen = useMayReview();
  const [reason, setReason] = useState<string>(text.usualReason);
  const view = useMutation({
    mutationFn: (body: { reason: string }) =>
      call('post', '/staff/identities/{id}/views', { params: { id: identity.id }, body }),
    gcTime: 0,
  });
  if (view.data) return <Open identity={identity} view={view.data} onClose={view.reset} />;
  const { documentType, name, idNumber } = identity;
  return (
    <>
      <Facts
        rows={[
          [text.documentType, text.documents[documentType]],
          [text.fields.PASSPORT.name, name],
          [text.fields.PASSPORT.idNumber, <code key="number">{idNumber}</code>],
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
  identity: StaffIdentity;
  view: StaffIdentityView;
  onClose: () => void;
}

function Open({ identity: { id, documentType, sides }, view, onClose }: OpenProps) {
  const text = useIdentityReviewText();
  const language = useLanguage();
  const left = useSecondsLeft(view.expiresAt, onClose);
  const labels = text.fields[documentType === 'PASSPORT' ? 'PASSPORT' : 'FOREIGN_PR'];
  const images: Record<string, string> = labels;
  return (
    <div className="identity-case">
      <div className="identity-pictures">
        {sides.length === 0 && <p className="notice">{text.noPictures}</p>}
        {sides.map((side) => (
          <DocumentPicture
            key={side}
            label={images[`${side}ImageId`] ?? side}
            source={`${link('/staff/identities/{id}/pictures/{side}', { id, side })}?view=${encodeURIComponent(view.token)}`}
          />
        ))}
      </div>
      <div>
        <Facts
          rows={[
            [text.documentType, text.documents[documentType]],
            [labels.name, view.name],
            [labels.idNumber, <code key="number">{view.idNumber}</code>],
            [labels.nationality, nationalityName(view.nationality, language)],
            [labels.birthDate, view.birthDate],
            [labels.expiresOn, view.expiresOn],
            [labels.address, view.address],
          ]}
        />
        <p className="small">{fill(text.ends, { time: clockOf(left) })}</p>
        <Button onClick={onClose}>{text.end}</Button>
      </div>
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
// The real name in clear beside its pictures, for the minutes that the portal grants after a reason was typed.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { call, link } from '../../api/client.ts';
import type { IdentityView as View } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts } from '../../kit/section.tsx';
import { formatTime } from '../../ui/format.ts';
import { DocumentPicture } from '../documents/document-picture.tsx';
import { LookForm } from '../documents/look-form.tsx';
import { clockOf, useSecondsLeft } from '../documents/seconds-left.ts';
import { useAccountText } from './i18n.ts';

const MINUTES = 5;

export function IdentityView({ id }: { id: string }) {
  const text = useAccountText();
  const [isOver, setOver] = useState(false);
  const view = useMutation({
    mutationFn: (reason: string) =>
      call('post', '/staff/accounts/{id}/identity-views', { params: { id }, body: { reason } }),
    onSuccess: () => setOver(false),
    gcTime: 0,
  });
  const close = (byTime: boolean) => {
    view.reset();
    setOver(byTime);
  };
  if (view.data) return <Open id={id} view={view.data} onClose={close} />;
  return (
    <LookForm
      label={text.reason}
      hint={text.reasonHint}
      button={text.lookStart}
      isPending={view.isPending}
      look={view.mutateAsync}
    >
      <h3>{text.look}</h3>
      <p className="small">{fill(text.lookLead, { minutes: MINUTES })}</p>
      <div role="status">{isOver && <p className="notice">{text.lookOver}</p>}</div>
    </LookForm>
  );
}

function Open({ id, view, onClose }: { id: string; view: View; onClose: (byTime: boolean) => void }) {
  const text = useAccountText();
  const left = useSecondsLeft(view.expiresAt, () => onClose(true));
  return (
    <div className="identity-open">
      <div>
        <Facts
          rows={[
            [text.name, view.name],
            [text.idNumber, <code key="number">{view.idNumber}</code>],
            [text.address, view.address],
            ...(view.check
              ? [[text.check, `${text.checkOutcomes[view.check.outcome]} · ${formatTime(view.check.at)}`] as const]
              : []),
          ]}
        />
        <p className="small">{fill(text.lookEnds, { time: clockOf(left) })}</p>
        <Button onClick={() => onClose(false)}>{text.lookEnd}</Button>
      </div>
      <div className="identity-pictures">
        {view.sides.length === 0 && <p className="notice">{text.noPictures}</p>}
        {view.sides.map((side) => (
          <DocumentPicture
            key={side}
            label={text[side]}
            source={`${link('/staff/accounts/{id}/identity-pictures/{side}', { id, side })}?view=${encodeURIComponent(view.token)}`}
          />
        ))}
      </div>
    </div>
  );
}

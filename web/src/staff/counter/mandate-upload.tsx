// SPDX-License-Identifier: Apache-2.0
import { call } from '../../api/client.ts';
import type { FormFaults } from '../../kit/form.ts';
import { PaperUpload } from '../desk/paper-upload.tsx';
import { useCounterText } from './i18n.ts';

interface MandateUploadProps {
  faults: FormFaults;
  onSending: (isSending: boolean) => void;
  /** Its id, empty when it could not be sent. */
  onSent: (id: string) => void;
}

/** The signed 授权委托书, sent as soon as it is chosen. */
export function MandateUpload({ faults, onSending, onSent }: MandateUploadProps) {
  const { mandate: label, mandateHint: hint, choose, sending, sent } = useCounterText();
  return (
    <PaperUpload
      {...{ field: 'mandateId', faults, isRequired: true, onSending }}
      text={{ label, hint, choose, sending, sent }}
      send={async (bytes) => (await call('post', '/staff/counter-mandates', { bytes })).id}
      onSent={(id) => {
        onSent(id);
        faults.clear('mandateId');
      }}
    />
  );
}

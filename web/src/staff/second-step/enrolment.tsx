// SPDX-License-Identifier: Apache-2.0
// A new authenticator: a QR code to scan, a code to confirm it, and the recovery codes, once.
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { call, forgetCsrfToken } from '../../api/client.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { QrCode } from '../../kit/qr.tsx';
import { Section } from '../../kit/section.tsx';
import { CodeForm } from './code-form.tsx';
import { useSecondStepText } from './i18n.ts';
import './second-step.css';

export function Enrolment({ start, onDone }: { start: string; onDone: () => void }) {
  const text = useSecondStepText();
  const [codes, setCodes] = useState<readonly string[]>();
  const enrol = useMutation({ mutationFn: () => call('post', '/session/second-step/enrolment') });
  const confirm = async (code: string) => {
    const { recoveryCodes } = await call('post', '/session/second-step/confirmation', { body: { code } });
    forgetCsrfToken();
    setCodes(recoveryCodes);
  };
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (!enrol.data)
    return (
      <>
        {enrol.error && <ErrorList error={toApiError(enrol.error)} />}
        <Button type="primary" loading={enrol.isPending} onClick={() => enrol.mutate()}>
          {start}
        </Button>
      </>
    );
  return (
    <div className="enrolment">
      <QrCode text={enrol.data.uri} label={text.qr} />
      <div>
        <p>{text.noCamera}</p>
        <p className="enrolment-secret">
          <code>{enrol.data.secret.match(/.{1,4}/g)?.join(' ')}</code>
        </p>
        <p>
          <Copyable value={enrol.data.secret} label={text.secret} />
        </p>
        <CodeForm label={text.code} button={text.confirm} send={confirm} isNumeric />
      </div>
    </div>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = useSecondStepText();
  return (
    <Section title={text.codes}>
      <p>{text.codesLead}</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="form-actions no-print">
        <Button type="primary" onClick={onDone}>
          {text.codesKept}
        </Button>
        <Button onClick={() => window.print()}>{text.print}</Button>
      </div>
    </Section>
  );
}

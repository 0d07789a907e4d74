// SPDX-License-Identifier: Apache-2.0
// 获取证书, whatever kind of order: the certificate and what goes with it; the stamp, or the frame where the certificate has
// none either.
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Attestation } from '../../api/attestations.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { Facts, Section } from '../../kit/section.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import { formatTime, numberGroups } from '../../ui/format.ts';
import { Stamp, WithheldStamp } from '../../ui/stamp.tsx';
import { DownloadButton, type OrderPath } from './download-button.tsx';
import './orders.css';

interface CertificateProps {
  of: OrderPath;
  workId: string;
  certificate: NonNullable<Attestation['certificate']>;
  title: string;
  state: ReactNode;
  /** What it is about, before its numbers. */
  subject: readonly (readonly [string, ReactNode])[];
  /** What the stamp says; undefined: it counts no more. */
  stamp: string | undefined;
}

export function Certificate({ of, workId, certificate, title, state, subject, stamp }: CertificateProps) {
  const text = useAttestationText();
  const { number, documentNumber, receivedAt, issuedAt, isStamped, lookupUrl, typedCode } = certificate;
  return (
    <>
      <Section title={title} aside={state}>
        <div className="certificate-head">
          <Facts
            rows={[
              ...subject,
              [text.certificateNumber, <CertificateNumber key="number" number={number} />],
              [text.documentNumber, <code key="document">{documentNumber}</code>],
              [text.receivedAt, formatTime(receivedAt)],
              [text.issuedAt, formatTime(issuedAt)],
              [text.typedCode, <Copyable key="code" value={typedCode} label={text.typedCode} />],
            ]}
          />
          {stamp !== undefined &&
            (isStamped ? <Stamp label={stamp} size={112} /> : <WithheldStamp label={text.notStamped} />)}
        </div>
        <p className="small">{text.codeHint}</p>
        <p className="actions">
          <a href={lookupUrl} target="_blank" rel="noopener">
            {text.openLookup}
          </a>
          <Link to={`/member/works/${workId}/rights`}>{text.goRights}</Link>
        </p>
      </Section>
      <Section title={text.downloads}>
        <ul className="download-list">
          <li>
            <DownloadButton of={of} kind="certificate" isMain /> <span className="small">{text.certificateHint}</span>
          </li>
          <li>
            <DownloadButton of={of} kind="package" /> <span className="small">{text.packageHint}</span>
          </li>
          <li>
            <DownloadButton of={of} kind="bundle" /> <span className="small">{text.bundleHint}</span>
          </li>
        </ul>
      </Section>
    </>
  );
}

function CertificateNumber({ number }: { number: string }) {
  return (
    <span className="certificate-number">
      {numberGroups(number).map((group, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups of a number never change their places
        <span key={index}>{group}</span>
      ))}
    </span>
  );
}

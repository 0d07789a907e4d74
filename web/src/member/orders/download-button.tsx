// SPDX-License-Identifier: Apache-2.0
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { toApiError } from '../../api/api-error.ts';
import { download } from '../../api/download.ts';
import { errorSentence } from '../../api/sentences.ts';
import { FieldFault } from '../../kit/field.tsx';
import { useAttestationText } from '../../orders/i18n.ts';

export type OrderPath = `/attestations/${string}` | `/registrations/${string}`;
type Kind = 'certificate' | 'package' | 'bundle' | 'preview';

interface DownloadButtonProps {
  of: OrderPath;
  kind: Kind;
  isMain?: boolean;
  /** As a link in a table. */
  isLink?: boolean;
}

/** Saves the file on this device, and says in place why not when it cannot. */
export function DownloadButton({ of, kind, isMain, isLink }: DownloadButtonProps) {
  const text = useAttestationText();
  const save = useMutation({ mutationFn: () => download(`${of}/${kind}`) });
  const labels: Record<Kind, string> = {
    certificate: text.downloadCertificate,
    package: text.downloadPackage,
    bundle: text.downloadBundle,
    preview: text.downloadPreview,
  };
  return (
    <span>
      {isLink ? (
        <button type="button" className="link-button" disabled={save.isPending} onClick={() => save.mutate()}>
          {labels[kind]}
        </button>
      ) : (
        <Button
          type={isMain ? 'primary' : 'default'}
          size="large"
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {labels[kind]}
        </Button>
      )}
      {save.error && <FieldFault text={errorSentence(toApiError(save.error).code)} />}
    </span>
  );
}

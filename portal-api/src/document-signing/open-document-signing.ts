// SPDX-License-Identifier: Apache-2.0
// Everything that makes a certificate a signed one, as the settings say.
import type { Logger } from 'pino';
import type { DocumentSignerSettings, TimeStampSettings } from '../document-signer-settings.ts';
import type { StampTime } from './cms.ts';
import type { DocumentSigner } from './document-signer.ts';
import { openSigner } from './open-signer.ts';
import { openTimeStamps } from './time-stamp.ts';
import { type FindValidationData, openValidationData } from './validation-data.ts';

export interface DocumentSigning {
  /** Undefined: certificates are not signed. */
  signer: DocumentSigner | undefined;
  /** Undefined: signatures have no time stamp. */
  stampTime: StampTime | undefined;
  findValidation: FindValidationData;
}

interface Settings {
  documentSigner?: DocumentSignerSettings | undefined;
  documentTimeStamp?: TimeStampSettings | undefined;
}

/** Throws StartError `signer-unusable`, `signer-pin-refused` and `config-invalid`. */
export async function openDocumentSigning(
  { documentSigner, documentTimeStamp }: Settings,
  logger: Pick<Logger, 'warn'>,
): Promise<DocumentSigning> {
  const signer = documentSigner && (await openSigner(documentSigner));
  const stampTime = documentTimeStamp && openTimeStamps(documentTimeStamp);
  const findValidation = openValidationData({
    signer: signer?.certificates ?? [],
    timeStamps: stampTime && documentTimeStamp && { stamp: stampTime, certificate: documentTimeStamp.certificate },
    onFailure: (err) => logger.warn({ err }, 'no word on whether the certificates of signatures were revoked'),
  });
  return { signer, stampTime, findValidation };
}

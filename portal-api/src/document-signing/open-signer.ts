// SPDX-License-Identifier: Apache-2.0
import type { DocumentSignerSettings } from '../document-signer-settings.ts';
import { openDeviceSigner } from './device-signer.ts';
import type { DocumentSigner } from './document-signer.ts';
import { openFileSigner } from './file-signer.ts';

/** Throws StartError `signer-unusable`. */
export const openSigner = (settings: DocumentSignerSettings): Promise<DocumentSigner> =>
  'device' in settings ? openDeviceSigner(settings.device) : openFileSigner(settings.file);

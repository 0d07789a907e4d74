// SPDX-License-Identifier: Apache-2.0
// Who signs certificates.
import path from 'node:path';
import { urlOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { contentOf, invalidSetting, together } from './given-settings.ts';

const file = (what: string) => z.string().min(1).optional().describe(what);

export const documentSignerSettings = {
  DOCUMENT_SIGNER_FILE: file(
    'PKCS #12 file, mode 0600, with the key and the certificates that sign certificates (PAdES). By default, but in production, keys/document-signer.p12 in INKSEAL_DATA, made at first start with a development authority; in production certificates are unsigned, and without stamp, until it is set',
  ),
  DOCUMENT_SIGNER_PASSWORD_FILE: file('File with the password of `DOCUMENT_SIGNER_FILE`'),
  DOCUMENT_TIMESTAMP_URL: urlOf('http:', 'https:')
    .optional()
    .describe(
      'Time-stamping authority (RFC 3161) for the signatures of certificates; they wait while it does not answer',
    ),
  DOCUMENT_TIMESTAMP_CERTIFICATE_FILE: file("PEM file with that authority's certificate, or its issuer's"),
};

type SignerEnvironment = z.output<z.ZodObject<typeof documentSignerSettings>> & {
  INKSEAL_DATA: string;
  NODE_ENV?: string | undefined;
};

export interface DocumentSignerSettings {
  file: string;
  password: string;
  /** A missing file is made, and what it signs is called a development signature. */
  isDevelopment: boolean;
}

/** Undefined: certificates are not signed. */
export function documentSignerOf(env: SignerEnvironment): DocumentSignerSettings | undefined {
  const { DOCUMENT_SIGNER_FILE: given, DOCUMENT_SIGNER_PASSWORD_FILE: passwordFile } = env;
  if (!given && passwordFile) throw invalidSetting('DOCUMENT_SIGNER_PASSWORD_FILE needs DOCUMENT_SIGNER_FILE');
  if (given)
    return { file: path.resolve(given), password: passwordFile ? passwordOf(passwordFile) : '', isDevelopment: false };
  if (env.NODE_ENV === 'production') return undefined;
  return { file: path.resolve(env.INKSEAL_DATA, 'keys', 'document-signer.p12'), password: '', isDevelopment: true };
}

export interface TimeStampSettings {
  url: string;
  /** PEM. */
  certificate: string;
}

/** Undefined: signatures have no time stamp. */
export function documentTimeStampOf(env: SignerEnvironment): TimeStampSettings | undefined {
  const [url, certificate] = ['DOCUMENT_TIMESTAMP_URL', 'DOCUMENT_TIMESTAMP_CERTIFICATE_FILE'] as const;
  const given = together(env, [url, certificate]);
  return given && { url: given[url], certificate: contentOf(certificate, given[certificate]) };
}

const passwordOf = (passwordFile: string): string =>
  contentOf('DOCUMENT_SIGNER_PASSWORD_FILE', passwordFile).replace(/\r?\n$/, '');

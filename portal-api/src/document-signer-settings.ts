// SPDX-License-Identifier: Apache-2.0
// Who signs certificates.
import path from 'node:path';
import { urlOf } from '@inkseal/service-kit';
import { z } from 'zod';
import { contentOf, invalidSetting, together } from './reading-settings.ts';

const file = (what: string) => z.string().min(1).optional().describe(what);

export const documentSignerSettings = {
  DOCUMENT_SIGNER_FILE: file(
    'PKCS #12 file, mode 0600, with the key and the certificates that sign certificates (PAdES). By default, but in production, keys/document-signer.p12 in INKSEAL_DATA, made at first start with a development authority; in production certificates are unsigned, and without stamp, until it is set',
  ),
  DOCUMENT_SIGNER_PASSWORD_FILE: file('File with the password of `DOCUMENT_SIGNER_FILE`'),
  DOCUMENT_SIGNER_PKCS11_MODULE: file(
    'Instead of `DOCUMENT_SIGNER_FILE`: the PKCS #11 module of a device that signs certificates (the package pkcs11js must be installed)',
  ),
  DOCUMENT_SIGNER_PKCS11_TOKEN_LABEL: z
    .string()
    .min(1)
    .max(32)
    .optional()
    .describe('Label of the token in that device'),
  DOCUMENT_SIGNER_PKCS11_KEY_LABEL: z
    .string()
    .min(1)
    .optional()
    .describe('Label of the private key in that token: P-256 or RSA'),
  DOCUMENT_SIGNER_PIN_FILE: file('File with the PIN of the user of that token'),
  DOCUMENT_SIGNER_CERTIFICATES_FILE: file(
    'PEM file with the certificate of that key first, and those of its issuers after it',
  ),
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

export interface FileSignerSettings {
  file: string;
  password: string;
  /** A missing file is made, and what it signs is called a development signature. */
  isDevelopment: boolean;
}

export interface DeviceSignerSettings {
  module: string;
  token: string;
  key: string;
  pin: string;
  /** PEM. */
  certificates: string;
}

export type DocumentSignerSettings = { file: FileSignerSettings } | { device: DeviceSignerSettings };

/** Undefined: certificates are not signed. */
export function documentSignerOf(env: SignerEnvironment): DocumentSignerSettings | undefined {
  const device = deviceSignerOf(env);
  if (device && (env.DOCUMENT_SIGNER_FILE || env.DOCUMENT_SIGNER_PASSWORD_FILE))
    throw invalidSetting('DOCUMENT_SIGNER_FILE and DOCUMENT_SIGNER_PKCS11_MODULE: only one of them can sign');
  if (device) return { device };
  const file = fileSignerOf(env);
  return file && { file };
}

function fileSignerOf(env: SignerEnvironment): FileSignerSettings | undefined {
  const { DOCUMENT_SIGNER_FILE: given, DOCUMENT_SIGNER_PASSWORD_FILE: passwordFile } = env;
  if (!given && passwordFile) throw invalidSetting('DOCUMENT_SIGNER_PASSWORD_FILE needs DOCUMENT_SIGNER_FILE');
  if (given)
    return {
      file: path.resolve(given),
      password: passwordFile ? lineIn('DOCUMENT_SIGNER_PASSWORD_FILE', passwordFile) : '',
      isDevelopment: false,
    };
  if (env.NODE_ENV === 'production') return undefined;
  return { file: path.resolve(env.INKSEAL_DATA, 'keys', 'document-signer.p12'), password: '', isDevelopment: true };
}

function deviceSignerOf(env: SignerEnvironment): DeviceSignerSettings | undefined {
  const [pinFile, certificatesFile] = ['DOCUMENT_SIGNER_PIN_FILE', 'DOCUMENT_SIGNER_CERTIFICATES_FILE'] as const;
  const [module, token, key] = [
    'DOCUMENT_SIGNER_PKCS11_MODULE',
    'DOCUMENT_SIGNER_PKCS11_TOKEN_LABEL',
    'DOCUMENT_SIGNER_PKCS11_KEY_LABEL',
  ] as const;
  const given = together(env, [module, token, key, pinFile, certificatesFile]);
  return (
    given && {
      module: path.resolve(given[module]),
      token: given[token],
      key: given[key],
      pin: lineIn(pinFile, given[pinFile]),
      certificates: contentOf(certificatesFile, given[certificatesFile]),
    }
  );
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

const lineIn = (setting: string, secretFile: string): string => contentOf(setting, secretFile).replace(/\r?\n$/, '');

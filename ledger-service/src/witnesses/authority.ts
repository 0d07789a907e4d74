// SPDX-License-Identifier: Apache-2.0
// The time-stamping authorities of the settings, with their certificates read.
import { readFileSync } from 'node:fs';
import { readAuthorities } from '@inkseal/verifier/timestamp';
import type { Config } from '../config.ts';
import { StartError } from '../errors.ts';

/** Whom we ask for tokens (RFC 3161), and whose tokens we take. */
export interface Authority {
  readonly name: string;
  readonly url: string;
  /** PEM of the one certificate that the signer of a token must lead to. */
  readonly certificate: string;
  /** Dotted OID; undefined where any policy of theirs will do. */
  readonly policy: string | undefined;
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** Throws StartError `config-invalid`, with the setting and the authority's name. */
export function loadAuthorities({ authorities }: Pick<Config['witnesses'], 'authorities'>): readonly Authority[] {
  const loaded = authorities.map(({ name, url, certificateFile, policy }) => {
    const certificate = readCertificate(name, certificateFile);
    return { name, url, certificate, policy };
  });
  // A reader counts authorities by their certificates: two names for one would promise a witness that does not count.
  const repeated = loaded.find(({ certificate }, at) =>
    loaded.slice(0, at).some((one) => one.certificate === certificate),
  );
  if (repeated) throw invalid(repeated.name, 'has the same certificate as another one');
  return loaded;
}

function readCertificate(name: string, file: string): string {
  const [pem, ...more] = textOf(name, file).match(PEM) ?? [];
  if (!pem || more.length > 0) throw invalid(name, 'certificateFile must have exactly one PEM certificate');
  if (readAuthorities([pem]).length === 0)
    throw invalid(name, 'the certificate is damaged, or its key or signature is not of a kind that verifiers accept');
  return `${pem.replaceAll('\r', '')}\n`;
}

function textOf(name: string, file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (cause) {
    throw invalid(name, 'certificateFile cannot be read', cause);
  }
}

const invalid = (name: string, what: string, cause?: unknown): StartError =>
  new StartError('config-invalid', `TIMESTAMP_AUTHORITIES: ${name}: ${what}`, cause);

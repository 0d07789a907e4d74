// One certificate in PEM (RFC 7468): exactly one block, its base64 and its DER in their one form.
import { fromBase64 } from '../encoding/bytes.ts';
import type { Der } from './der.ts';
import { readCertificate } from './token.ts';

const PEM = /^-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)\r?\n-----END CERTIFICATE-----\s*$/;

/** The certificate of a PEM text; undefined if it is not exactly one. */
export function certificateOfPem(pem: string): Der | undefined {
  const [, body] = PEM.exec(pem) ?? [];
  if (body === undefined) return undefined;
  try {
    return readCertificate(fromBase64(body.replaceAll(/[\r\n]/g, '')));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

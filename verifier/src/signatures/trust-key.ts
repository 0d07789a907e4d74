// The key that an organisation publishes beside its trust files: an Ed25519 public key in PEM (RFC 8410), as `openssl pkey
// -pubout` writes it.
import { fromBase64, toHex } from '../encoding/bytes.ts';
import { sha256 } from '../hash.ts';

const PEM = /^\s*-----BEGIN PUBLIC KEY-----\r?\n([A-Za-z0-9+/=\r\n]+)\r?\n-----END PUBLIC KEY-----\s*$/;

/** RFC 8410 §4: an Ed25519 key has no parameters, so all that comes before its 32 bytes is fixed. */
const SPKI_HEAD = '302a300506032b6570032100';
const HEAD_LENGTH = SPKI_HEAD.length / 2;
const SPKI_LENGTH = HEAD_LENGTH + 32;

export interface TrustKey {
  /** 32 bytes (RFC 8032 §5.1.2). */
  readonly bytes: Uint8Array;
  /** SHA-256 of the key's DER, hex: `openssl pkey -pubin -in trust-key.pem -outform DER | sha256sum`. */
  readonly fingerprint: string;
}

/** Reads a key; undefined for a private key, a key of another kind, and anything else. */
export function parseTrustKey(file: Uint8Array): TrustKey | undefined {
  const [, body] = PEM.exec(new TextDecoder('latin1').decode(file)) ?? [];
  const der = body === undefined ? undefined : derOf(body.replaceAll(/[\r\n]/g, ''));
  if (der?.length !== SPKI_LENGTH || !toHex(der).startsWith(SPKI_HEAD)) return undefined;
  return { bytes: der.subarray(HEAD_LENGTH), fingerprint: toHex(sha256(der)) };
}

function derOf(base64: string): Uint8Array | undefined {
  try {
    return fromBase64(base64);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

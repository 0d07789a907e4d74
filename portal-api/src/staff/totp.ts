// SPDX-License-Identifier: Apache-2.0
// One-time codes of an authenticator (RFC 6238): SHA-1, six digits, 30 seconds, as every authenticator app has them.
import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
const DIGITS = 6;
/** Steps by which the clock of a telephone may differ from ours. */
const SKEW_STEPS = 1;
/** As long as the output of the digest, as RFC 4226 asks. */
const SECRET_BYTES = 20;
const ISSUER = 'Inkseal';

export const newSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What an authenticator reads from the QR code. */
export const enrolmentUri = (secret: string, userNumber: string): string => totpOf(secret, userNumber).toString();

/** The step of the clock that the code belongs to; undefined for a code of no step near `now`. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  const delta = totpOf(secret).validate({ token: code, window: SKEW_STEPS, timestamp });
  return delta === null ? undefined : Math.floor(timestamp / 1_000 / PERIOD_SECONDS) + delta;
}

function totpOf(secret: string, label = ''): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
  });
}

// SPDX-License-Identifier: Apache-2.0
// Why an authority or a second chain gave nothing that we take: a closed list, in the metrics and in the rows (docs/operations.md).

export const REFUSALS = [
  'unreachable',
  'timeout',
  'http-status',
  'answer-too-large',
  'answer-malformed',
  'request-refused',
  'other-nonce',
  'other-policy',
  'witness-malformed',
  'witness-mismatch',
  'witness-signature-invalid',
  'witness-untrusted',
  'witness-time-order',
  'witness-in-future',
  'expires-no-later',
  'not-recorded',
  'chain-proof-invalid',
] as const;

export type RefusalCode = (typeof REFUSALS)[number];

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.code = code;
  }
}

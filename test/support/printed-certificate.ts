// SPDX-License-Identifier: Apache-2.0
// A certificate to print, without a ledger behind it.
import type { AttestationFacts } from '../../portal-api/src/certificates/facts.ts';
import type { PrintedCertificate } from '../../portal-api/src/certificates/pdf/printed-certificate.ts';

const hex = (length: number) => '0123456789abcdef'.repeat(length / 16);

export function printedCertificate({
  files,
  name = '鹤影_主视觉.png',
}: {
  files: number;
  name?: string;
}): PrintedCertificate & { facts: AttestationFacts } {
  const party = { name: '沈**', idNumber: '370***********2417' };
  return {
    facts: {
      number: '100000000000018264',
      work: {
        orderNumber: '1795000000123456789',
        title: '《鹤影》主视觉',
        creationNature: 'ORIGINAL',
        workType: 'FINE_ART',
        completedOn: '2026-10-18',
      },
      files: Array.from({ length: files }, () => ({ name, size: '4812306', sha256: hex(64) })),
      parties: [
        { role: 'depositor', ...party },
        { role: 'author', ...party },
      ],
      submission: { number: '100000000000018001', receivedAt: '2026-11-21T03:00:00.123Z' },
      record: {
        kind: 'attestation',
        receivedAt: '2026-11-22T05:00:00.000Z',
        manifestSha256: hex(64),
        registry: { chainId: '7788', contract: `0x${hex(48).slice(8)}` },
        anchor: {
          transaction: `0x${hex(64)}`,
          block: '1240',
          blockHash: `0x${hex(64)}`,
          time: '2026-11-22T05:00:04.000Z',
          root: hex(64),
          batch: '7',
          index: 12,
          count: 300,
        },
      },
      leaf: hex(64),
      notBefore: '2026-11-22T04:59:58.000Z',
      tokens: 0,
    },
    documentNumber: 'C3202611220000000182',
    issuedAt: '2026-11-22T05:00:09.000Z',
    lookupUrl: 'https://inkseal.example/v/100000000000018264#AbCdEfGhIjKlMnOpQrStUv',
    typedCode: '7Q4M2XKD9P',
    siteName: 'inkseal.example',
    isDevelopment: false,
    signature: { by: '印信版权存证中心', isDevelopment: false },
  };
}

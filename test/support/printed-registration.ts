// SPDX-License-Identifier: Apache-2.0
// A 作品登记证书 to print, without a ledger behind it.
import type { RegistrationFacts } from '../../portal-api/src/certificates/facts.ts';
import type { PrintedCertificate } from '../../portal-api/src/certificates/pdf/printed-certificate.ts';
import { printedCertificate } from './printed-certificate.ts';

export type PrintedRegistration = PrintedCertificate & { facts: RegistrationFacts };

export function printedRegistration({ files }: { files: number }): PrintedRegistration {
  const { facts, ...issued } = printedCertificate({ files });
  const { number, record, leaf, notBefore, tokens } = facts;
  const person = { name: '沈砚秋', idNumber: '370***********2417' };
  return {
    ...issued,
    facts: {
      number,
      record: { ...record, kind: 'registration' },
      leaf,
      notBefore,
      tokens,
      files: facts.files,
      parties: [
        { role: 'owner', ...person },
        { role: 'author', name: '鹤翁' },
        { role: 'applicant', ...person },
      ],
      work: {
        recordNumber: '1795000000123456789',
        title: '《鹤影》主视觉',
        creationNature: 'ORIGINAL',
        workType: 'FINE_ART',
        completedOn: '2026-10-18',
        publication: { status: 'UNPUBLISHED' },
      },
      rights: { acquisition: 'ORIGINAL', ownership: 'PERSONAL', scope: 'ALL', rights: ALL_RIGHTS },
      registration: { registrationNumber: '测作登字-2026-F-00000001', registeredOn: '2026-11-22' },
    },
  };
}

const ALL_RIGHTS = Array.from({ length: 17 }, (_, index) => `R${String(index + 1).padStart(2, '0')}`);

// SPDX-License-Identifier: Apache-2.0
// 作品登记证书: the first page in the order of the form that the copyright administration issues; people who have no room there, the
// files, the record on the chain and what it proves on the pages after it.
import type { RegistrationFacts } from '../facts.ts';
import type { RegistrationContent } from '../registration-content.ts';
import { chainBlock } from './chain-block.ts';
import { filesList, filesTable, MAX_FILES_IN_TABLE } from './files-block.ts';
import { drawHead, type HeadWords } from './head.ts';
import type { Layout } from './layout.ts';
import { OUTLINES } from './outline.ts';
import type { Paper } from './paper.ts';
import { type PeoplePlace, type PeopleWords, peopleList } from './people-list.ts';
import { isPreview, PENDING, type Printed } from './printed-certificate.ts';
import { registrationClosing } from './registration-closing.ts';
import { registrationFacts } from './registration-facts-block.ts';
import { registrationStatement } from './registration-statement.ts';
import { groupedNumber } from './text.ts';

const PEOPLE: PeopleWords = {
  title: '作者、著作权人与申请人',
  roles: [
    { role: 'author', zh: '作者', en: 'Author', plural: 'Authors' },
    { role: 'owner', zh: '著作权人', en: 'Owner', plural: 'copyright owners' },
    { role: 'applicant', zh: '申请人', en: 'Applicant', plural: 'applicants' },
  ],
};
/** Points. */
const MOST_GAP = 34;
const SAMPLES = { zh: '作品样本文件', en: 'Sample files' };

export function registrationLayout(
  paper: Paper,
  printed: Printed,
  content: RegistrationContent | RegistrationFacts,
): Layout {
  return {
    drawHead: () => drawHead(paper, printed, headWords(printed, content)),
    arrangements: () => arrange(paper, printed, content),
  };
}

function headWords(printed: Printed, content: RegistrationContent | RegistrationFacts): HeadWords {
  const [number, certificateNumber, documentNumber, recordNumber] =
    isPreview(printed) || !('registration' in content)
      ? [PENDING, PENDING, PENDING, PENDING]
      : [
          content.registration.registrationNumber,
          groupedNumber(printed.facts.number),
          printed.documentNumber,
          content.work.recordNumber,
        ];
  return {
    outline: OUTLINES.registrationTitle,
    english: 'Certificate of Copyright Registration',
    main: { zh: '登记号', en: 'Registration No.', value: number },
    others: [
      { zh: '证书编号', en: 'Certificate No.', value: certificateNumber },
      { zh: '证单编号', en: 'Document No.', value: documentNumber },
      { zh: '版权登记编号', en: 'Application No.', value: recordNumber },
    ],
  };
}

function arrange(paper: Paper, printed: Printed, content: RegistrationContent | RegistrationFacts) {
  const { files, parties } = content;
  const main = (place: PeoplePlace) => [
    ...registrationFacts(paper, content, place),
    ...registrationClosing(paper, printed, { content, place }),
  ];
  const annex = [
    ...(files.length <= MAX_FILES_IN_TABLE ? [filesTable(paper, files, SAMPLES)] : filesList(paper, files, SAMPLES)),
    chainBlock(paper, printed),
    registrationStatement(paper, printed),
  ];
  const gap = MOST_GAP;
  const inList = { main: main('in-list'), gap, listed: [...peopleList(paper, parties, PEOPLE), ...annex] };
  return { tried: [{ main: main('in-place'), gap, listed: annex }, inList], fallback: inList };
}

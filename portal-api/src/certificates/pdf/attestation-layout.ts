// SPDX-License-Identifier: Apache-2.0
// 区块链存证证书: on one page if it holds everything. Otherwise files or people, then both, are listed on further pages.
import type { AttestationContent, AttestationFacts } from '../facts.ts';
import { chainBlock } from './chain-block.ts';
import { factsBlocks } from './facts-block.ts';
import { filesList, filesReference, filesTable, MAX_FILES_IN_TABLE } from './files-block.ts';
import { drawHead, type HeadWords } from './head.ts';
import type { Arrangement, Layout } from './layout.ts';
import { OUTLINES } from './outline.ts';
import type { Block } from './pages.ts';
import type { Paper } from './paper.ts';
import { type PeoplePlace, type PeopleWords, peopleList } from './people-list.ts';
import { isPreview, PENDING, type Printed } from './printed-certificate.ts';
import { statementBlock } from './statement-block.ts';
import { groupedNumber } from './text.ts';

const PEOPLE: PeopleWords = {
  title: '存证人与作者',
  roles: [
    { role: 'depositor', zh: '存证人', en: 'Depositor', plural: 'Depositors' },
    { role: 'author', zh: '作者', en: 'Author', plural: 'authors' },
  ],
};

export function attestationLayout(
  paper: Paper,
  printed: Printed,
  content: AttestationContent | AttestationFacts,
): Layout {
  return {
    drawHead: () => drawHead(paper, printed, headWords(printed, content)),
    arrangements: () => arrange(paper, printed, content),
  };
}

function headWords(printed: Printed, { work }: AttestationContent): HeadWords {
  // Not even the number of the order: nothing on a preview may be taken for a number of a certificate.
  const [number, documentNumber, orderNumber] = isPreview(printed)
    ? [PENDING, PENDING, PENDING]
    : [groupedNumber(printed.facts.number), printed.documentNumber, work.orderNumber];
  return {
    outline: OUTLINES.title,
    english: 'Certificate of Blockchain Evidence',
    main: { zh: '证书编号', en: 'Certificate No.', value: number },
    others: [
      { zh: '证单编号', en: 'Document No.', value: documentNumber },
      { zh: '确权存证编号', en: 'Order No.', value: orderNumber },
    ],
  };
}

function arrange(paper: Paper, printed: Printed, content: AttestationContent | AttestationFacts) {
  const { files, parties } = content;
  const [chain, statement] = [chainBlock(paper, printed), statementBlock(paper, printed)];
  const lists = { people: peopleList(paper, parties, PEOPLE), files: filesList(paper, files) };
  const reference = filesReference(paper, files.length);
  const isShort = files.length <= MAX_FILES_IN_TABLE;
  const main = (place: PeoplePlace, filesBlock: Block) => [
    ...factsBlocks(paper, printed, { content, place }),
    filesBlock,
    chain,
    statement,
  ];
  const whole: Arrangement = { main: main('in-list', reference), listed: [...lists.people, ...lists.files] };
  if (!isShort) return { tried: [{ main: main('in-place', reference), listed: lists.files }, whole], fallback: whole };
  const onePage: Arrangement = { main: main('in-place', filesTable(paper, files)), listed: [] };
  const tried = [
    onePage,
    { main: main('in-place', reference), listed: lists.files },
    { main: main('in-list', filesTable(paper, files)), listed: lists.people },
    whole,
  ];
  return { tried, fallback: onePage };
}

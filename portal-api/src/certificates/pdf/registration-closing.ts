// SPDX-License-Identifier: Apache-2.0
// How the first page of a 作品登记证书 ends: who applied and under which rules it was registered; the body that registered it,
// the date and the stamp.
import type { RegistrationFacts } from '../facts.ts';
import type { RegistrationContent } from '../registration-content.ts';
import { drawWords, OUTLINES, widthAt } from './outline.ts';
import type { Block } from './pages.ts';
import { INK, INK_3, type Paper, SHEET, STAMP_SIZE } from './paper.ts';
import type { PeoplePlace } from './people-list.ts';
import { isPreview, type Printed } from './printed-certificate.ts';
import { drawSignedBy, drawStamp, SIGNED_BY_HEIGHT } from './stamp.ts';
import { beijingDay, dayOf, wrap } from './text.ts';

const STYLE = { size: 10.5 };
const LINE_HEIGHT = 17;
const ENGLISH = { size: 6.5, colour: INK_3 };
const REGISTERED = '经印信版权存证中心审核，根据《作品自愿登记试行办法》的规定，予以登记。';
const REGISTERED_EN =
  'Applied for as stated, examined by the Inkseal Copyright Evidence Centre, and registered under the Trial Measures for Voluntary Registration of Works.';
/** Two characters, as a Chinese paragraph begins. */
const INDENT = '\u3000\u3000';
const ISSUER_HEIGHT = 13;
const BLANK_DAY = '____ 年 __ 月 __ 日';

export function registrationClosing(
  paper: Paper,
  printed: Printed,
  { content, place }: { content: RegistrationContent | RegistrationFacts; place: PeoplePlace },
): Block[] {
  return [sentence(paper, content, place), signature(paper, printed, content)];
}

function sentence(paper: Paper, content: RegistrationContent, place: PeoplePlace): Block {
  const linesOf = (page = 0) =>
    wrap(`${INDENT}以上事项由${applicants(paper, content, { place, page })}申请，${REGISTERED}`, {
      width: SHEET.width,
      widthOf: (sign) => paper.widthOf(sign, STYLE),
    });
  return {
    height: linesOf().length * LINE_HEIGHT + 12,
    draw(top, { people }) {
      const lines = linesOf(people);
      paper.tagged('P', () => {
        for (const [row, line] of lines.entries()) paper.text(line, SHEET.left, top + row * LINE_HEIGHT, STYLE);
      });
      paper.text(REGISTERED_EN, SHEET.left, top + lines.length * LINE_HEIGHT, ENGLISH);
    },
  };
}

function applicants(
  paper: Paper,
  { parties }: RegistrationContent,
  { place, page }: { place: PeoplePlace; page: number },
): string {
  const names = (role: string) =>
    parties.filter((party) => party.role === role).map(({ name }) => paper.printable(name));
  const [applicants, agents] = [names('applicant'), names('agent')];
  const isListed = place === 'in-list' && applicants.length > 1;
  const who = isListed
    ? `${applicants[0]}等 ${applicants.length} 位申请人（列于第 ${page} 页）`
    : applicants.join('、');
  return who + (agents.length > 0 ? `（代理人：${agents.join('、')}）` : '');
}

function signature(paper: Paper, printed: Printed, content: RegistrationContent | RegistrationFacts): Block {
  const registered = 'registration' in content ? dayOf(content.registration.registeredOn) : BLANK_DAY;
  const issued = isPreview(printed) ? BLANK_DAY : beijingDay(printed.issuedAt);
  return {
    height: STAMP_SIZE + 52 + SIGNED_BY_HEIGHT,
    draw(top) {
      drawStamp(paper, printed, top);
      const y = top + STAMP_SIZE + 8;
      const left = SHEET.right - widthAt(OUTLINES.issuer, ISSUER_HEIGHT);
      drawWords(paper, OUTLINES.issuer, { x: left, y, height: ISSUER_HEIGHT });
      paper.textEndingAt('登记机构 Registered by', left - 10, y + 2.5, { size: 8, colour: INK_3 });
      paper.textEndingAt(registered, SHEET.right, y + 19, { size: 10.5, colour: INK });
      const width = paper.widthOf(registered, { size: 10.5 });
      paper.textEndingAt('登记日期 Registered on', SHEET.right - width - 10, y + 21, { size: 8, colour: INK_3 });
      paper.textEndingAt(`出证 Issued ${issued}`, SHEET.right, y + 37, { size: 7, colour: INK_3 });
      drawSignedBy(paper, printed, y + 48);
    },
  };
}

// SPDX-License-Identifier: Apache-2.0
// What the certificate proves, what it does not, how to verify it; and the stamp.
import { drawWords, OUTLINES, widthAt } from './outline.ts';
import type { Block } from './pages.ts';
import { INK, INK_2, INK_3, type Paper, SHEET, STAMP_SIZE } from './paper.ts';
import { isPreview, type Printed } from './printed-certificate.ts';
import { drawSignedBy, drawStamp, SIGNED_BY_HEIGHT } from './stamp.ts';
import { beijingDay, beijingTime } from './text.ts';

const WIDTH = 368;
const ZH = { size: 7.3, colour: INK_2 };
const EN = { size: 5.7, colour: INK_3 };
const TITLE = { size: 8.6, face: 'bold' as const };

export function statementBlock(paper: Paper, printed: Printed): Block {
  const text = statementText(paper, partsOf(printed), WIDTH);
  return {
    height: Math.max(text.height, STAMP_SIZE + 36 + SIGNED_BY_HEIGHT),
    draw(top, pages) {
      text.draw(top, pages);
      drawIssued(paper, printed, top + 2);
    },
  };
}

export interface StatementPart {
  title: string;
  zh: string;
  en: string;
}

export function statementText(paper: Paper, parts: readonly StatementPart[], width: number): Block {
  const heights = parts.map(({ zh, en }) => 12 + paper.heightOf(zh, width, ZH) + paper.heightOf(en, width, EN) + 5);
  return {
    height: heights.reduce((sum, height) => sum + height, 0),
    draw(top) {
      let y = top;
      for (const [index, { title, zh, en }] of parts.entries()) {
        const box = { x: SHEET.left, width };
        paper.tagged('H2', () => paper.text(title, SHEET.left, y, TITLE));
        const height = paper.paragraph(zh, { ...box, y: y + 12 }, ZH);
        paper.paragraph(en, { ...box, y: y + 12 + height }, EN);
        y += heights[index] ?? 0;
      }
    },
  };
}

function partsOf(printed: Printed): StatementPart[] {
  const { siteName } = printed;
  const isDevelopment = !isPreview(printed) && printed.isDevelopment;
  const day = isPreview(printed) ? '____-__-__ __:__:__' : beijingTime(printed.facts.record.anchor.time);
  return [
    {
      title: '本证书证明什么 What it proves',
      zh: `上列文件的摘要在 ${day}（北京时间）之前已写入上述区块链登记合约。凭原文件，任何人都可以核对其内容自那时起未被改动。`,
      en: `The digests of the files listed were in the registry named above by ${day} (UTC+8). With the originals, anyone can verify that they have not changed since.`,
    },
    {
      title: '本证书不证明什么 What it does not prove',
      zh: `不证明著作权归属，不证明作品具有独创性，也不证明上链之前的事实。存证时间与提交存证时间由平台陈述；链上可证的是上述时间区间。${isDevelopment ? '本证书所在的开发链没有验证者签名。' : ''}`,
      en: `Neither ownership nor originality, nor anything before it went on chain. The platform states the times received; the chain proves the interval above.${isDevelopment ? ' The development chain has no validator signatures.' : ''}`,
    },
    verificationPart(siteName),
  ];
}

export function verificationPart(siteName: string): StatementPart {
  return {
    title: '怎样查验 How to verify',
    zh: `扫描右上角二维码，或访问 ${siteName}/v 输入证书编号与查询码；查验在您的浏览器内完成，文件不会上传。也可以用证据包内的 verify.html，或本站提供的查验程序（inkseal-verify <本PDF> --trust <信任文件> --max-status-age 30d）离线查验，不依赖本中心。`,
    en: `Scan the code, or enter certificate number and look-up code at ${siteName}/v: verification runs in your browser and no file is uploaded. Offline, without us: verify.html in the evidence package, or the program offered on our site: inkseal-verify <this PDF> --trust <your trust file> --max-status-age 30d.`,
  };
}

function drawIssued(paper: Paper, printed: Printed, y: number): void {
  drawStamp(paper, printed, y);
  const height = 11;
  const left = SHEET.right - widthAt(OUTLINES.issuer, height);
  drawWords(paper, OUTLINES.issuer, { x: left, y: y + STAMP_SIZE + 7, height });
  const day = isPreview(printed) ? '____-__-__' : beijingDay(printed.issuedAt);
  paper.textEndingAt(`出证 ${day}`, SHEET.right, y + STAMP_SIZE + 21, { size: 8, colour: INK });
  drawSignedBy(paper, printed, y + STAMP_SIZE + 34);
}

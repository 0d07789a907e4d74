// SPDX-License-Identifier: Apache-2.0
// What stands on the chain, in full: whoever types a value from the paper finds it there.

import type { Block } from './pages.ts';
import { INK, INK_3, type Paper, SHEET } from './paper.ts';
import { isPreview, PENDING, type Printed, type PrintedCertificate } from './printed-certificate.ts';
import { beijingTime, grouped } from './text.ts';

const LABEL = 136;
const ROW = 13.2;
const HEAD = 23;
const NOTE =
  'On the chain · SM3 摘要与全部证明数据见本 PDF 所附的证明文件 SM3 digests and the whole proof are attached to this PDF';

const LABELS = {
  manifest: { zh: '平台存证哈希', en: 'Manifest digest' },
  transaction: { zh: '区块链存证哈希', en: 'Transaction' },
  time: { zh: '区块链存证日期', en: 'Block time' },
  block: { zh: '区块哈希', en: 'Block hash' },
  contract: { zh: '存证地址', en: 'Registry contract' },
  root: { zh: '批次汇总值', en: 'Merkle root' },
  leaf: { zh: '叶哈希', en: 'Leaf hash' },
  index: { zh: '批次与序号', en: 'Batch and index' },
  interval: { zh: '可证时间区间', en: 'Proven interval' },
};

interface Row {
  zh: string;
  en: string;
  value: string;
  /** Beside the value, smaller. */
  more?: string | undefined;
}

export function chainBlock(paper: Paper, printed: Printed): Block {
  const rows = isPreview(printed) ? PREVIEW_ROWS : rowsOf(printed);
  return {
    height: HEAD + rows.length * ROW + 8,
    draw(top) {
      paper.tagged('H2', () => {
        const width = paper.text('上链记录', SHEET.left, top, { size: 10.5, face: 'bold' });
        paper.text(NOTE, SHEET.left + width + 10, top + 3.2, { size: 6.2, colour: INK_3 });
      });
      paper.line(top + 17, { width: 0.9, colour: INK });
      for (const [index, row] of rows.entries()) paper.tagged('P', () => drawRow(paper, row, top + HEAD + index * ROW));
      paper.line(top + HEAD + rows.length * ROW, { width: 0.9, colour: INK });
    },
  };
}

const PREVIEW_ROWS: Row[] = Object.values(LABELS).map((label) => ({ ...label, value: PENDING }));

function rowsOf({ facts }: PrintedCertificate): Row[] {
  const { record, leaf, notBefore } = facts;
  const { anchor, registry } = record;
  const unknown = '未提供 not given';
  const width = (Date.parse(anchor.time) - Date.parse(notBefore)) / 1_000;
  const height = anchor.block ? `区块高度 Block ${anchor.block}` : undefined;
  return [
    { ...LABELS.manifest, value: grouped(record.manifestSha256) },
    { ...LABELS.transaction, value: anchor.transaction ? grouped(anchor.transaction) : unknown },
    { ...LABELS.time, value: `${beijingTime(anchor.time)}（北京时间）`, more: height },
    { ...LABELS.block, value: anchor.blockHash ? grouped(anchor.blockHash) : unknown },
    {
      ...LABELS.contract,
      value: grouped(registry.contract),
      more: `链 ID Chain ${registry.chainId}`,
    },
    { ...LABELS.root, value: grouped(anchor.root) },
    { ...LABELS.leaf, value: grouped(leaf) },
    {
      ...LABELS.index,
      value: `第 ${anchor.batch} 批，共 ${anchor.count} 条，本证书为第 ${anchor.index + 1} 条（索引 ${anchor.index}）`,
    },
    {
      ...LABELS.interval,
      value: `${beijingTime(notBefore)} 至 ${beijingTime(anchor.time)}（北京时间）`,
      more: `宽 ${width} 秒 wide ${width} s`,
    },
  ];
}

function drawRow(paper: Paper, { zh, en, value, more }: Row, y: number): void {
  const label = paper.text(zh, SHEET.left, y, { size: 8, colour: INK_3 });
  paper.text(en, SHEET.left + label + 5, y + 2.6, { size: 5.8, colour: INK_3 });
  const isHex = /^(0x )?[0-9a-f ]{20,}$/.test(value);
  const width = paper.text(value, SHEET.left + LABEL, y + (isHex ? 1 : 0), { size: isHex ? 7.4 : 8.2 });
  if (more) paper.text(more, SHEET.left + LABEL + width + 16, y + 1, { size: 7, colour: INK_3 });
}

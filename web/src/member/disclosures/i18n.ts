// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  title: '协查记录',
  lead: '法院和机关依法调取您的存证资料，本中心审核后提供协助，并在这里告知您：谁调取、案号、提供了哪些内容、何时提供。如有疑问，请与调取单位或客服联系。',
  none: '没有法院或机关调取过您的资料。',
  caseNumber: '协查编号',
  fileNumber: '案号',
  certificate: '证书编号',
  look: '查看',
  granted: '批准时间',
  until: '提供期限',
  approved: '批准提供',
  handed: '已经提供',
  noneHanded: '还没有提供任何内容。',
  secret: '函件要求暂不通知您，因此 {time} 才告知。',
  parts: {
    NAMES: '当事人全名（含证件类型和掩码证件号）',
    CONTENTS: '存证内容（作品信息、文件清单等）',
    ORIGINALS: '文件原件',
    PACKAGE: '证据包（含证书、证明、全名和原件）',
  },
};

const en: typeof zh = {
  title: 'Disclosures',
  lead: 'When a court or an authority asks for records of yours, as the law allows, we hand over what was approved and tell you here: who asked, the case number, what was handed over, and when. Ask the authority or our support if you have a question.',
  none: 'No court or authority was given records of yours.',
  caseNumber: 'Our case',
  fileNumber: 'Case number',
  certificate: 'Certificate',
  look: 'Show',
  granted: 'Approved',
  until: 'Handed over until',
  approved: 'What was approved',
  handed: 'Handed over so far',
  noneHanded: 'Nothing was handed over yet.',
  secret: 'The letter demanded secrecy, so you were told on {time}.',
  parts: {
    NAMES: 'Full names (with kind of document and masked number)',
    CONTENTS: 'Contents on record (work, list of files and so on)',
    ORIGINALS: 'Original files',
    PACKAGE: 'Evidence package (certificate, proof, full names and originals)',
  },
};

export const useDisclosureText = () => useText({ zh, en });

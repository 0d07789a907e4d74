// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  title: '历史证书',
  lead: '这里是其他系统以前为您签发的证书的登记信息，由本中心导入。本平台没有它们的链上存证，不作核验；需要核实时，请联系签发机构。',
  none: '没有导入过您的历史证书。',
  nothingMissing: '如果您有其他系统签发的证书而这里没有，请联系客服。',
  number: '历史证书编号',
  source: '签发机构',
  issuedOn: '签发日期',
  importedOn: '导入日期',
  workType: '作品类型',
  names: '著作权人',
  between: '、',
  fileSha256: '原件 SHA-256（由签发机构提供）',
  certificate: '历史证书文件',
  download: '下载 PDF',
  noPdf: '没有导入证书文件',
  unproven: '没有链上存证',
  attest: '为同一件作品办理存证',
};

const en: typeof zh = {
  title: 'Earlier certificates',
  lead: 'Details of certificates that other systems issued to you before, as this centre imported them. This platform has no proof of them on the blockchain and does not verify them; whoever issued one can.',
  none: 'No earlier certificate of yours was imported.',
  nothingMissing: 'If another system issued you a certificate that is missing here, please contact our support.',
  number: 'Number of the earlier certificate',
  source: 'Issued by',
  issuedOn: 'Issued on',
  importedOn: 'Imported on',
  workType: 'Type of work',
  names: 'Owners',
  between: ', ',
  fileSha256: 'SHA-256 of the original (stated by the issuer)',
  certificate: 'The certificate itself',
  download: 'Download the PDF',
  noPdf: 'No file was imported',
  unproven: 'not on the blockchain',
  attest: 'Put the same work on record',
};

export const useEarlierText = () => useText({ zh, en });

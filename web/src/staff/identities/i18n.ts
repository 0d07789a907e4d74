// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';
import { reviewEn, reviewZh } from '../reasons/review-texts.ts';

const zhFields = {
  name: '姓名',
  idNumber: '证件号码',
  nationality: '国籍',
  birthDate: '出生日期',
  expiresOn: '有效期至',
  address: '联系地址',
};

const zh = {
  ...reviewZh,
  title: '实名审核',
  lead: '护照和旧版外国人永久居留身份证：对照图片核对所填内容。审核前请先领取，避免两人同时审核同一份。',
  none: '没有符合条件的实名审核。',
  column: { name: '姓名', document: '证件', applicant: '提交人', state: '状态', wait: '等待', taken: '领取人' },
  own: '本人',
  ownCase: '这是您本人的实名，不能审核。',
  replaced: '提交人已重新提交或撤回，这一版不需要审核。',
  numberUsed: '另有账号使用同一证件。同一证件只能通过一个账号。',
  document: '证件',
  documentType: '证件类型',
  documents: {
    RESIDENT_ID: '居民身份证',
    HK_MO_TW_PERMIT: '港澳台居民居住证',
    FOREIGN_PR: '外国人永久居留身份证（旧版）',
    PASSPORT: '护照',
  },
  reason: '查看理由',
  reasonHint: '记入审计记录，请勿填写个人信息。图片上会印上您的编号和时间，5 分钟后自动关闭。',
  usualReason: '实名审核：核对证件',
  look: '查看证件',
  ends: '{time} 后自动关闭',
  end: '关闭',
  noPictures: '图片已按期删除。',
  fields: {
    PASSPORT: { ...zhFields, frontImageId: '资料页' },
    FOREIGN_PR: { ...zhFields, frontImageId: '正面', backImageId: '背面' },
  },
  effects: {
    APPROVE: '通过后，提交人可以办理业务，证书上印其姓名。',
    REJECT: '退回后，提交人看到下列原因，可以修改后重新提交。',
  },
  ask: { APPROVE: '通过“{name}”的实名？', REJECT: '退回“{name}”的实名？' },
  reasonCodes: {
    unclear: '看不清',
    incomplete: '不完整',
    inconsistent: '与证件不一致',
    expired: '已过期',
    other: '其他',
  },
};

const enFields: typeof zhFields = {
  name: 'Name',
  idNumber: 'Number',
  nationality: 'Nationality',
  birthDate: 'Date of birth',
  expiresOn: 'Valid until',
  address: 'Address',
};

const en: typeof zh = {
  ...reviewEn,
  title: 'Real names',
  lead: 'Passports and old cards of foreign permanent residents: compare what is stated with the pictures. Take a case before you begin, so that no two people review it at once.',
  none: 'No review matches.',
  column: {
    name: 'Name',
    document: 'Document',
    applicant: 'Sent by',
    state: 'State',
    wait: 'Waiting',
    taken: 'Taken by',
  },
  own: 'my own',
  ownCase: 'This is your own real name: you may not decide.',
  replaced: 'The member has sent another version or withdrew it; there is nothing to decide.',
  numberUsed: 'Another account states this document as well. Only one can be approved.',
  document: 'Document',
  documentType: 'Kind',
  documents: {
    RESIDENT_ID: 'Resident ID',
    HK_MO_TW_PERMIT: 'Residence permit',
    FOREIGN_PR: 'Permanent resident card (old)',
    PASSPORT: 'Passport',
  },
  reason: 'Reason to look',
  reasonHint:
    'For the audit log; no personal data. Your number and the time are drawn into the pictures, and the view closes after 5 minutes.',
  usualReason: 'Real-name review: compare the document',
  look: 'Show the document',
  ends: 'Closes in {time}',
  end: 'Close',
  noPictures: 'The pictures were deleted when their time was over.',
  fields: {
    PASSPORT: { ...enFields, frontImageId: 'Data page' },
    FOREIGN_PR: { ...enFields, frontImageId: 'Front', backImageId: 'Back' },
  },
  effects: {
    APPROVE: 'The member can then use every service, and certificates print their name.',
    REJECT: 'The member sees these reasons, and can change the form and send it again.',
  },
  ask: { APPROVE: 'Approve “{name}”?', REJECT: 'Return “{name}”?' },
  reasonCodes: {
    unclear: 'Cannot be read',
    incomplete: 'Incomplete',
    inconsistent: 'Differs from the document',
    expired: 'Expired',
    other: 'Other',
  },
};

export const useIdentityReviewText = () => useText({ zh, en });

// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  title: '异议',
  lead: '您提出的异议，和他人对您的证书提出的异议。查验页只显示有异议及其状态，不显示姓名和内容。',
  none: '没有异议。',
  file: '提出异议',
  mine: '我提出的',
  theirs: '对我的证书',
  answerTitle: '答复这个异议',
  answerLead: '对方和工作人员会看到您的答复，提交后不能更改。请不要填写无关的个人信息。',
  answerLabel: '答复内容',
  answer: '提交答复',
  withdraw: '撤回异议',
  withdrawLead: '撤回后，查验页不再显示这个异议。需要时可以重新提出。',
  yes: '撤回',
  no: '取消',
  form: {
    title: '提出异议',
    lead: '权利人会看到您的说明和材料，可在 15 天内答复，之后由工作人员处理。对方看不到您的姓名，除非您写在说明或材料里。异议不会使证书自动失效；故意虚假异议须承担责任。',
    numberHint: '证书上的编号，也可填登记号。',
    wordsHint: '写明事实和依据。',
    documentsHint: 'PDF、DOCX、JPEG 或 PNG，最多 10 份。权利人和工作人员会看到。',
    choose: '请选择',
    send: '提交异议',
  },
};

const en: typeof zh = {
  title: 'Objections',
  lead: 'Objections that you filed, and those to certificates of yours. The look-up says that there is an objection and how it stands, without names or words.',
  none: 'No objections.',
  file: 'File an objection',
  mine: 'filed by me',
  theirs: 'to my certificate',
  answerTitle: 'Answer this objection',
  answerLead:
    'The other side and staff read your answer, and it cannot be changed. Leave out personal details that do not matter.',
  answerLabel: 'Answer',
  answer: 'Send the answer',
  withdraw: 'Withdraw the objection',
  withdrawLead: 'The look-up then shows this objection no longer. You can file another one when you need to.',
  yes: 'Withdraw',
  no: 'Cancel',
  form: {
    title: 'File an objection',
    lead: 'The owner reads your words and documents and may answer within 15 days; then staff decides. They do not learn your name unless you write it there. An objection does not void a certificate by itself, and you are liable for one that you know to be false.',
    numberHint: 'As printed on the certificate, or the registration number.',
    wordsHint: 'State the facts and what they rest on.',
    documentsHint: 'PDF, DOCX, JPEG or PNG, at most 10. The owner and staff read them.',
    choose: 'Choose',
    send: 'File the objection',
  },
};

export const useObjectionText = () => useText({ zh, en });

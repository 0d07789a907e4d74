// SPDX-License-Identifier: Apache-2.0
// What members and staff both read of an objection.
import { useText } from '../i18n/language.ts';

const zh = {
  reasons: {
    OWNERSHIP: '权属：作品属于我或他人',
    ORIGINALITY: '独创性：抄袭或复制他人作品',
    LICENCE: '授权：超出授权或未经授权',
    FACTS: '事实：作者、日期等与事实不符',
    OTHER: '其他',
  },
  states: {
    OPEN: '等待权利人答复',
    ANSWERED: '已答复，处理中',
    UPHELD: '异议成立',
    DISMISSED: '异议不成立',
    WITHDRAWN: '已撤回',
  },
  number: '证书编号',
  objectionNumber: '异议编号',
  reason: '异议理由',
  words: '异议说明',
  documents: '证明材料',
  filedAt: '提出时间',
  answerUntil: '答复期限',
  answer: '权利人答复',
  outcome: '处理结果',
};

const en: typeof zh = {
  reasons: {
    OWNERSHIP: 'Ownership: the work belongs to me or somebody else',
    ORIGINALITY: 'Originality: it copies another work',
    LICENCE: 'Licence: beyond a licence, or without one',
    FACTS: 'Facts: author, day or others are wrong',
    OTHER: 'Other',
  },
  states: {
    OPEN: 'Waits for the owner’s answer',
    ANSWERED: 'Answered, being decided',
    UPHELD: 'Upheld',
    DISMISSED: 'Dismissed',
    WITHDRAWN: 'Withdrawn',
  },
  number: 'Certificate number',
  objectionNumber: 'Objection',
  reason: 'Reason',
  words: 'Words',
  documents: 'Documents',
  filedAt: 'Filed at',
  answerUntil: 'Answer due',
  answer: 'The owner’s answer',
  outcome: 'Outcome',
};

export const useObjectionWords = () => useText({ zh, en });

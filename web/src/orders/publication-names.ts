// SPDX-License-Identifier: Apache-2.0
// What members and staff call the states of a work on the public site, and the decisions about it.
import type { Ground, ModerationDecision, Publication } from '../api/publications.ts';
import { useText } from '../i18n/language.ts';
import { namesEn } from '../i18n/names.en.ts';
import { namesZh } from '../i18n/names.zh.ts';

interface PublicationNames {
  states: Record<Publication['state'], string>;
  decisions: Record<ModerationDecision, string>;
  grounds: Record<Ground, string>;
}

const zh: PublicationNames = {
  states: {
    PENDING: '待审核',
    PUBLISHED: '已公开',
    REFUSED: '审核未通过',
    WITHDRAWN: '已撤回',
    TAKEN_DOWN: '已下架',
    APPEALED: '申诉待处理',
    UPHELD: '申诉未通过',
  },
  decisions: {
    APPROVE: '通过，公开展示',
    REFUSE: '不通过',
    TAKE_DOWN: '下架',
    RESTORE: '申诉成立，恢复展示',
    UPHOLD: '申诉不成立，维持下架',
  },
  grounds: namesZh.grounds,
};

const en: PublicationNames = {
  states: {
    PENDING: 'In review',
    PUBLISHED: 'Public',
    REFUSED: 'Refused',
    WITHDRAWN: 'Withdrawn',
    TAKEN_DOWN: 'Taken down',
    APPEALED: 'Appeal in review',
    UPHELD: 'Appeal rejected',
  },
  decisions: {
    APPROVE: 'Approve and show',
    REFUSE: 'Refuse',
    TAKE_DOWN: 'Take down',
    RESTORE: 'Accept the appeal and restore',
    UPHOLD: 'Reject the appeal',
  },
  grounds: namesEn.grounds,
};

export const usePublicationNames = () => useText({ zh, en });

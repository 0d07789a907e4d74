// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';
import { deskEn, deskZh } from '../desk/i18n.ts';

const refusedZh = '不予登记后申请结束，申请人不能再修改或重新提交；已付的登记服务费自动全额退回。';
const returnedZh = '退回后申请人有 30 天补正，逾期视为撤回；补正后由同一级审核继续办理。';

const zh = {
  ...deskZh,
  queues: { INITIAL: '登记初审', FINAL: '登记复审' },
  leads: {
    INITIAL: '请在受理后 7 日内一次告知全部问题。初审通过后，由另一位工作人员复审。',
    FINAL: '请在受理后 30 日内办结。参与过初审的人员不能复审同一申请。',
  },
  filters: {
    search: '按作品名称或编号查找',
    state: '状态',
    allStates: { INITIAL: '等待初审', FINAL: '等待复审' },
    all: '全部状态',
    sort: '排序',
    sorts: { acceptedAt: '受理最久的在前', '-stateAt': '最近变动的在前' },
  },
  none: '没有等待审核的申请。新申请会自动出现。',
  noneFiltered: '没有符合条件的申请。请换一个条件。',
  column: {
    title: '作品名称',
    applicant: '申请人',
    workType: '作品类型',
    round: '轮次',
    state: '状态',
    age: '受理至今',
  },
  own: '本人申请',
  age: '{days} 天',
  standings: { within: '期限内', 'due-soon': '即将到期', overdue: '已超期' },
  due: '限 {limit} 日，至 {time}',
  registrationNumber: '登记号 {number}',
  free: '免服务费',
  paid: '已支付服务费',
  documents: '材料与样本 {count}',
  applicantAside: '姓名和证件号遮盖显示',
  desks: {
    INITIAL: {
      decision: '初审决定',
      decisions: { APPROVE: '初审通过', RETURN: '退回补正', REJECT: '不予登记' },
      effects: {
        APPROVE: '初审通过后转入复审，由另一位工作人员决定。',
        RETURN: returnedZh,
        REJECT: refusedZh,
      },
      ask: {
        APPROVE: '“{title}”初审通过？',
        RETURN: '退回“{title}”补正？',
        REJECT: '对“{title}”不予登记？',
      },
      yes: { APPROVE: '确认通过', RETURN: '确认退回', REJECT: '确认不予登记' },
      buttons: { APPROVE: '初审通过', RETURN: '退回补正（{count} 项）', REJECT: '不予登记（{count} 项）' },
    },
    FINAL: {
      decision: '复审决定',
      decisions: { APPROVE: '准予登记', RETURN: '退回补正', REJECT: '不予登记' },
      effects: {
        APPROVE: '准予登记后立即给出登记号，内容写入区块链并自动出证。登记号给出后不能收回，决定不能更改。',
        RETURN: returnedZh,
        REJECT: refusedZh,
      },
      ask: {
        APPROVE: '准予“{title}”登记？',
        RETURN: '退回“{title}”补正？',
        REJECT: '对“{title}”不予登记？',
      },
      yes: { APPROVE: '确认准予登记', RETURN: '确认退回', REJECT: '确认不予登记' },
      buttons: { APPROVE: '准予登记', RETURN: '退回补正（{count} 项）', REJECT: '不予登记（{count} 项）' },
    },
  },
  answers: { true: '是', false: '否' },
  previewReturned: '{level}退回，共 {count} 项。',
  previewRefused: '不予登记，共 {count} 项原因。',
  ownCase: '这是您本人或您所在单位的申请，须由其他审核人员决定。',
  passedBefore: '您已参与这个申请的初审，复审须由其他人员决定。',
  otherLevel: '这个申请正在{level}，须由{level}人员决定。',
  notWaiting: '这个申请现在不需要审核（{state}）。',
  revocation: {
    title: '撤销登记',
    lead: '撤销后，查询页和公告会显示撤销日期和原因；登记号不会再给别的作品。',
    reason: '撤销原因',
    reasons: {
      'holder-request': '著作权人申请',
      'facts-untrue': '登记内容与事实不符',
      'unlawful-content': '内容违法',
      duplicate: '重复登记',
      'court-order': '法院裁判',
      'issued-in-error': '登记有误',
      'key-compromise': '密钥泄露',
    },
    button: '撤销登记',
    missing: '请选择撤销原因。',
    ask: '撤销“{title}”的登记？',
    askLead: '原因：{reason}。撤销写入区块链并公开，不能恢复。',
    yes: '确认撤销',
    done: '已提交撤销，写入区块链后生效。',
  },
};

const refusedEn =
  'The application ends here; the applicant cannot change or resubmit it. A fee that was paid is refunded in full, automatically.';
const returnedEn =
  'The applicant has 30 days to make changes; after that the application counts as withdrawn. The same level reviews it again.';

const en: typeof zh = {
  ...deskEn,
  queues: { INITIAL: 'Registrations: first review', FINAL: 'Registrations: second review' },
  leads: {
    INITIAL: 'Tell the applicant all defects within 7 days of acceptance. Somebody else decides the second review.',
    FINAL: 'Finish within 30 days of acceptance. Whoever took part in the first review cannot decide the second one.',
  },
  filters: {
    search: 'Search by title or number',
    state: 'State',
    allStates: { INITIAL: 'Waiting for first review', FINAL: 'Waiting for second review' },
    all: 'All states',
    sort: 'Order',
    sorts: { acceptedAt: 'Accepted longest ago first', '-stateAt': 'Latest change first' },
  },
  none: 'No applications are waiting for review. New ones appear automatically.',
  noneFiltered: 'No applications match. Change the filter.',
  column: {
    title: 'Title',
    applicant: 'Applicant',
    workType: 'Type of work',
    round: 'Round',
    state: 'State',
    age: 'Since acceptance',
  },
  own: 'Your own',
  age: '{days} {days:day|days}',
  standings: { within: 'within time', 'due-soon': 'due soon', overdue: 'overdue' },
  due: '{limit} days, until {time}',
  registrationNumber: 'Registration number {number}',
  free: 'Free of charge',
  paid: 'Fee paid',
  documents: 'Documents and samples: {count}',
  applicantAside: 'Names and ID numbers are masked',
  desks: {
    INITIAL: {
      decision: 'First review',
      decisions: { APPROVE: 'Pass', RETURN: 'Return', REJECT: 'Refuse' },
      effects: {
        APPROVE: 'Once passed, it goes to the second review, which somebody else decides.',
        RETURN: returnedEn,
        REJECT: refusedEn,
      },
      ask: { APPROVE: 'Pass “{title}”?', RETURN: 'Return “{title}”?', REJECT: 'Refuse “{title}”?' },
      yes: { APPROVE: 'Yes, pass', RETURN: 'Yes, return', REJECT: 'Yes, refuse' },
      buttons: {
        APPROVE: 'Pass',
        RETURN: 'Return ({count} {count:item|items})',
        REJECT: 'Refuse ({count} {count:reason|reasons})',
      },
    },
    FINAL: {
      decision: 'Second review',
      decisions: { APPROVE: 'Register', RETURN: 'Return', REJECT: 'Refuse' },
      effects: {
        APPROVE:
          'The registration number is given at once; the content is written to the blockchain and the certificate is issued. The number cannot be taken back, and the decision cannot be changed.',
        RETURN: returnedEn,
        REJECT: refusedEn,
      },
      ask: { APPROVE: 'Register “{title}”?', RETURN: 'Return “{title}”?', REJECT: 'Refuse “{title}”?' },
      yes: { APPROVE: 'Yes, register', RETURN: 'Yes, return', REJECT: 'Yes, refuse' },
      buttons: {
        APPROVE: 'Register',
        RETURN: 'Return ({count} {count:item|items})',
        REJECT: 'Refuse ({count} {count:reason|reasons})',
      },
    },
  },
  answers: { true: 'yes', false: 'no' },
  previewReturned: '{level}: returned with {count} {count:item|items}.',
  previewRefused: 'Registration refused, for {count} {count:reason|reasons}.',
  ownCase: 'This application is your own or your organisation’s; another reviewer must decide it.',
  passedBefore: 'You took part in the first review of this application; somebody else must decide the second one.',
  otherLevel: 'It waits for: {level}. Only reviewers of that level can decide it.',
  notWaiting: 'This application does not need a review ({state}).',
  revocation: {
    title: 'Revocation',
    lead: 'The look-up page and the notices then show the date and the reason. The number is never given to another work.',
    reason: 'Reason',
    reasons: {
      'holder-request': 'Asked for by the owner',
      'facts-untrue': 'The registration does not match the facts',
      'unlawful-content': 'Unlawful content',
      duplicate: 'Registered twice',
      'court-order': 'Court order',
      'issued-in-error': 'Registered in error',
      'key-compromise': 'Key compromise',
    },
    button: 'Revoke registration',
    missing: 'Choose a reason.',
    ask: 'Revoke the registration of “{title}”?',
    askLead: 'Reason: {reason}. The revocation is written to the blockchain, is public, and cannot be undone.',
    yes: 'Yes, revoke',
    done: 'Revocation submitted. It takes effect once it is on the blockchain.',
  },
};

export type RegistrationReviewText = typeof zh;

export const useRegistrationReviewText = () => useText({ zh, en });

// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';

const zh = {
  console: '工作台',
  menu: '菜单',
  home: '待办',
  memberCentre: '会员中心',
  queues: '任务队列',
  logOut: '退出',
  notStaff: '您的账号没有工作人员权限。如有需要，请联系安全管理员。',
  roles: {
    reviewer: '审核员',
    'senior-reviewer': '高级审核员',
    finance: '财务',
    auditor: '审计员',
    admin: '系统管理员',
    'security-admin': '安全管理员',
  },
  column: { queue: '队列', count: '件数', oldest: '最早一件' },
  waited: '已等 {time}',
  nothing: '没有待办。',
  noQueues: '您的角色没有待办队列。请从菜单选择页面。',
  pages: '全部页面',
};

const en: typeof zh = {
  console: 'Staff console',
  menu: 'Menu',
  home: 'To do',
  memberCentre: 'Member centre',
  queues: 'Job queues',
  logOut: 'Log out',
  notStaff: 'Your account has no staff role. If you need one, ask a security administrator.',
  roles: {
    reviewer: 'Reviewer',
    'senior-reviewer': 'Senior reviewer',
    finance: 'Finance',
    auditor: 'Auditor',
    admin: 'System administrator',
    'security-admin': 'Security administrator',
  },
  column: { queue: 'Queue', count: 'Waiting', oldest: 'Oldest' },
  waited: 'Waiting {time}',
  nothing: 'Nothing waits.',
  noQueues: 'Your role has no queues. Choose a page from the menu.',
  pages: 'All pages',
};

export const useShellText = () => useText({ zh, en });

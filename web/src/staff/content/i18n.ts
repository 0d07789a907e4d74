// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';
import { versionsEn, versionsZh } from '../versions/version-texts.ts';

const zh = {
  ...versionsZh,
  title: '内容页面',
  lead: '网站各栏目和用户协议、隐私说明的文字。保存即对外生效，旧版本一直保留。',
  column: { page: '页面', version: '版本', savedAt: '保存时间', savedBy: '保存人', note: '说明' },
  shipped: '随产品提供',
  back: '返回内容页面',
  show: '在网站上查看',
  language: '语言',
  side: '编辑或预览',
  edit: '编辑',
  preview: '预览',
  languages: { zh: '中文', en: '英文' },
  pageTitle: '标题',
  body: '正文（Markdown）',
  bodyHint: '用“## ”写小标题，“- ”写列表，“[文字](地址)”写链接。不能使用 HTML 和图片。',
  note: '修改说明',
  noteHint: '写明改了什么，显示在版本记录中。',
  current: '现行',
  open: '打开第 {version} 版',
  isOld: '您打开的是第 {version} 版。保存后它将成为新的版本，现行的是第 {newest} 版。',
  restored: '恢复第 {version} 版',
  compare: '版本比较',
  compared: { since: '从', version: '到' },
  changes: '查看修改',
  changesOf: '查看第 {version} 版的修改',
};

const en: typeof zh = {
  ...versionsEn,
  title: 'Content pages',
  lead: 'The words of the sections of the site, the terms of use and the privacy notice. What you save is public at once; old versions are kept.',
  column: { page: 'Page', version: 'Version', savedAt: 'Saved at', savedBy: 'Saved by', note: 'Note' },
  shipped: 'With the product',
  back: 'Back to content pages',
  show: 'Show on the site',
  language: 'Language',
  side: 'Edit or preview',
  edit: 'Edit',
  preview: 'Preview',
  languages: { zh: 'Chinese', en: 'English' },
  pageTitle: 'Title',
  body: 'Text (Markdown)',
  bodyHint:
    '“## ” begins a heading, “- ” an entry of a list, “[words](address)” is a link. HTML and pictures are not possible.',
  note: 'What changed',
  noteHint: 'Shown in the history of versions.',
  current: 'in force',
  open: 'Open version {version}',
  isOld: 'You have opened version {version}. Saving makes it a new version; version {newest} is in force.',
  restored: 'Restored version {version}',
  compare: 'Changes between versions',
  compared: { since: 'From', version: 'To' },
  changes: 'Show changes',
  changesOf: 'Show the changes of version {version}',
};

export const useContentText = () => useText({ zh, en });

// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';
import { versionsEn, versionsZh } from '../versions/version-texts.ts';

const zh = {
  ...versionsZh,
  title: '设置',
  lead: '网站名称、客服电话和备案号。保存后一分钟内对所有访客生效，旧版本一直保留。',
  groups: { name: '网站名称', service: '客服', filing: '备案' },
  field: {
    'name.zh': '中文名称',
    'name.en': '英文名称',
    'short.zh': '中文简称',
    'short.en': '英文简称',
    telephone: '咨询电话',
    'hours.zh': '服务时间（中文）',
    'hours.en': '服务时间（英文）',
    'filing.zh': '备案号（中文）',
    'filing.en': '备案号（英文）',
    note: '修改原因',
  },
  shortHint: '用于浏览器标题，以及手机等空间较小的位置。',
  telephoneHint: '手机、带区号的固定电话、400 或 800 号码，或 12345 一类的短号。',
  noteHint: '写明为什么改，显示在版本记录中。',
  changes: '将要保存的修改',
  unchanged: '还没有修改。',
  column: {
    field: '项目',
    from: '现在',
    to: '改为',
    version: '版本',
    savedAt: '保存时间',
    savedBy: '保存人',
    what: '修改',
    note: '原因',
  },
  noHistory: '还没有保存过，现在用的是随产品提供的内容。',
};

const en: typeof zh = {
  ...versionsEn,
  title: 'Settings',
  lead: 'The names of the site, the telephone of customer service and the filing number. What you save reaches every visitor within a minute; old versions are kept.',
  groups: { name: 'Names of the site', service: 'Customer service', filing: 'Filing' },
  field: {
    'name.zh': 'Name in Chinese',
    'name.en': 'Name in English',
    'short.zh': 'Short name in Chinese',
    'short.en': 'Short name in English',
    telephone: 'Telephone',
    'hours.zh': 'Hours, in Chinese',
    'hours.en': 'Hours, in English',
    'filing.zh': 'Filing number, in Chinese',
    'filing.en': 'Filing number, in English',
    note: 'Reason',
  },
  shortHint: 'Shown in the title of the browser, and where there is little room.',
  telephoneHint: 'A mobile, a number with its area code, a 400 or 800 number, or a short one such as 12345.',
  noteHint: 'Shown in the history of versions.',
  changes: 'What will be changed',
  unchanged: 'Nothing is changed yet.',
  column: {
    field: 'Setting',
    from: 'Current',
    to: 'New',
    version: 'Version',
    savedAt: 'Saved at',
    savedBy: 'Saved by',
    what: 'Changes',
    note: 'Reason',
  },
  noHistory: 'Nothing has been saved yet. The site uses the values that came with the product.',
};

export const useSettingsText = () => useText({ zh, en });

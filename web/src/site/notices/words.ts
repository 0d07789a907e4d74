// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';
import { namesEn } from '../../i18n/names.en.ts';
import { namesZh } from '../../i18n/names.zh.ts';

const zh = {
  title: '作品登记公告',
  lead: '这里公布准予登记的作品。自愿登记是权属的初步证明；点击登记号可以核验登记证书在区块链上的记录。',
  search: '查询公告',
  placeholder: '作品名称或完整的登记号',
  submit: '查询',
  loading: '正在载入公告',
  results: '公告列表',
  columns: ['登记号', '作品名称', '作品类别', '著作权人', '登记日期', '状态'],
  valid: '有效',
  revoked: '已撤销',
  between: '、',
  nothing: '没有找到符合条件的公告。',
  nothingHint: '请换一个关键词，或清除条件后再试。登记号要输入完整。',
  clear: '清除条件',
  empty: '目前还没有登记公告。',
  emptyHint: '作品准予登记、登记证书上链之后，会在这里公布。',
  next: '下一页',
  first: '回到第一页',
  masked: '个人姓名已隐去部分字。',
  feeds: '订阅',
  workTypes: namesZh.workTypes,
};

const en: typeof zh = {
  title: 'Notices of registered works',
  lead: 'Works whose copyright registration was approved. A voluntary registration is first evidence of ownership; follow a registration number to check its record on the chain.',
  search: 'Search the notices',
  placeholder: 'Title, or the whole registration number',
  submit: 'Search',
  loading: 'Loading the notices',
  results: 'Notices',
  columns: ['Registration number', 'Title', 'Type', 'Copyright owners', 'Registered on', 'Status'],
  valid: 'Valid',
  revoked: 'Revoked',
  between: ', ',
  nothing: 'No notice matches.',
  nothingHint: 'Try another word, or clear the search. A registration number has to be whole.',
  clear: 'Clear the search',
  empty: 'There are no notices yet.',
  emptyHint: 'A work is announced here when its registration was approved and its certificate is on the chain.',
  next: 'Next page',
  first: 'Back to the first page',
  masked: 'Names of persons are shown in part.',
  feeds: 'Subscribe',
  workTypes: namesEn.workTypes,
};

export const useNoticeWords = () => useText({ zh, en });

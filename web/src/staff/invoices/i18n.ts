// SPDX-License-Identifier: Apache-2.0

import { useText } from '../../i18n/language.ts';
import { namesEn } from '../../i18n/names.en.ts';
import { namesZh } from '../../i18n/names.zh.ts';

const zh = {
  title: '开票信息',
  lead: '用户为已支付订单填写的发票抬头，供税务系统开票。列表不含名称；导出的文件含个人信息，导出记入审计，导出后用户不能再修改。款项已退回的不在其中。',
  none: '没有符合条件的开票信息。',
  state: '状态',
  states: { NEW: '未导出', EXPORTED: '已导出', ALL: '全部' },
  from: '从',
  to: '到',
  filter: '查询',
  next: '下一页',
  first: '回到第一页',
  column: {
    choose: '选择',
    order: '订单编号',
    kind: '类型',
    amount: '金额',
    channel: '支付方式',
    paidAt: '支付日期',
    exportedAt: '导出时间',
  },
  all: '全选本页',
  chooseOne: '选择订单 {number}',
  kinds: { attestation: '确权存证', registration: '版权登记' },
  channels: namesZh.channels,
  export: '导出所选（{count}）',
  again: '所选中有已导出的，再次导出可能重复开票',
  exported: '已导出 {count} 条。',
  file: {
    nature: '抬头类型',
    name: '发票抬头',
    taxNumber: '税号',
    email: '邮箱',
    address: '地址',
    phone: '电话',
    bank: '开户行及账号',
    item: '项目',
  },
  natures: { ORGANISATION: '单位', PERSON: '个人' },
  items: { attestation: '确权存证服务费', registration: '版权登记服务费' },
};

const en: typeof zh = {
  title: 'Invoice details',
  lead: 'What owners of paid orders gave for an invoice in the tax system. The list names nobody; the exported file does, each export is in the audit log, and afterwards owners cannot change the details. Money that went back is not listed.',
  none: 'No invoice details match.',
  state: 'State',
  states: { NEW: 'Not exported', EXPORTED: 'Exported', ALL: 'All' },
  from: 'From',
  to: 'To',
  filter: 'Search',
  next: 'Next page',
  first: 'First page',
  column: {
    choose: 'Choose',
    order: 'Order number',
    kind: 'Kind',
    amount: 'Amount',
    channel: 'Way',
    paidAt: 'Paid on',
    exportedAt: 'Exported at',
  },
  all: 'Choose all of this page',
  chooseOne: 'Choose order {number}',
  kinds: { attestation: 'Attestation', registration: 'Registration' },
  channels: namesEn.channels,
  export: 'Export the chosen ({count})',
  again: 'Some of these were exported before: exporting them again may double an invoice',
  exported: '{count} exported.',
  file: {
    nature: 'Kind of payer',
    name: 'Name on the invoice',
    taxNumber: 'Tax number',
    email: 'E-mail',
    address: 'Address',
    phone: 'Telephone',
    bank: 'Bank and account',
    item: 'Item',
  },
  natures: { ORGANISATION: 'Organisation', PERSON: 'Person' },
  items: { attestation: 'Attestation fee', registration: 'Registration fee' },
};

export type StaffInvoiceText = typeof zh;
export const useStaffInvoiceText = () => useText({ zh, en });

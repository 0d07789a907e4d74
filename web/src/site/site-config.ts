// SPDX-License-Identifier: Apache-2.0
// What an operator changes to make the site their own.
export const siteConfig = {
  name: { zh: '印信版权存证中心', en: 'Inkseal Copyright Evidence Centre' },
  short: { zh: '印信', en: 'Inkseal' },
  phone: '0531-00000001',
  filing: {
    zh: '区块链信息服务备案号：鲁网信备〔示例〕0001 号',
    en: 'Blockchain information service filing: sample 0001',
  },
} as const;

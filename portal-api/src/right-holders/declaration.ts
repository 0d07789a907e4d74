// SPDX-License-Identifier: Apache-2.0
// What a member declares when they enter another's data (Personal Information Protection Law, articles 23 and 29).
// Each save records the version that was shown: a changed text is a new version, and old ones stay here.

export const DECLARATION_VERSION = '2026-11-28';

export const DECLARATION_TEXTS = {
  '2026-11-28': {
    zh: '我声明：我已告知该权利人或其法定代理人，其姓名、联系方式、证件号码和证件图片将提供给本平台，只用于版权存证、版权登记及其核验；我已取得其单独同意，并有权代为提交。不满十四周岁的，已取得监护人同意。',
    en: 'I declare that I have told this right holder, or their legal representative, that their name, contact details, document number and document images are given to this platform for copyright attestation and registration and the checks these need, and for nothing else; that they gave their separate consent; and that I am authorised to submit the data for them. For a person under fourteen, a guardian has consented.',
  },
} as const;

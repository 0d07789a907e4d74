// SPDX-License-Identifier: Apache-2.0
// What of a person may be shown: enough for the person to recognise it, too little for anybody else to use it.

/** 张三 → 张*, 欧阳小明 → 欧***; a name of one character is hidden whole. */
export function maskName(name: string): string {
  const characters = [...name];
  if (characters.length < 2) return '*';
  return characters[0] + '*'.repeat(characters.length - 1);
}

/** 青岛青釉文化有限公司 → 青岛******公司; a short name keeps its first character alone. */
export function maskOrganisation(name: string): string {
  const characters = [...name];
  if (characters.length < 6) return maskName(name);
  return [...characters.slice(0, 2), '*'.repeat(characters.length - 4), ...characters.slice(-2)].join('');
}

/** 370102199003072417 → 370***********2417: the first three and the last four. */
export function maskIdNumber(number: string): string {
  if (number.length < 8) return '*'.repeat(number.length);
  return number.slice(0, 3) + '*'.repeat(number.length - 7) + number.slice(-4);
}

/** 13900000001 → 139****0001. */
export function maskPhone(phone: string): string {
  if (phone.length < 8) return '*'.repeat(phone.length);
  return phone.slice(0, 3) + '*'.repeat(phone.length - 7) + phone.slice(-4);
}

/** someone@example.org → s***@example.org. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return at < 1 ? '***' : `${email[0]}***${email.slice(at)}`;
}

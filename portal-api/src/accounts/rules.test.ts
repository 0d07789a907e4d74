// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { hashPassword, passwordFault, verifyPassword } from './password.ts';
import { isMobile, normalizePhone } from './phone.ts';

const PHONE = '13900000001';

describe('phone', () => {
  it('drops spaces, dashes and +86', () => {
    for (const text of ['13900000001', '139 0000 0001', '+86 139-0000-0001', '+8613900000001']) {
      expect(normalizePhone(text)).to.equal(PHONE);
    }
  });

  it('accepts 13 to 19 with eleven digits and nothing else', () => {
    for (const phone of ['13000000000', '19999999999']) expect(isMobile(phone)).to.equal(true);
    for (const phone of ['12900000001', '1390000000', '139000000011', '03900000001', '１３９００００００01', '']) {
      expect(isMobile(phone)).to.equal(false);
    }
  });
});

describe('passwordFault', () => {
  const cases = {
    abc12: 'too-short',
    abcdefgh: 'too-weak',
    '12345678': 'too-weak',
    '!!!!!!!!': 'too-weak',
    '139-0000-0001': 'too-weak',
    '+8613900000001': 'too-weak',
    [`a1${'x'.repeat(127)}`]: 'too-long',
    abcd1234: undefined,
    'abcd!!!!': undefined,
    密码密码密码12: undefined,
  };
  for (const [password, fault] of Object.entries(cases)) {
    it(`${password.slice(0, 20)} › ${fault ?? 'is good'}`, () => {
      expect(passwordFault(password, { phone: PHONE })).to.equal(fault);
    });
  }

  it('demands a third kind of character of staff', () => {
    expect(passwordFault('abcd1234', { phone: PHONE, isStaff: true })).to.equal('too-weak');
    expect(passwordFault('abcd123!', { phone: PHONE, isStaff: true })).to.equal(undefined);
  });
});

describe('verifyPassword', () => {
  it('accepts the password alone, and nothing for an account that does not exist', async () => {
    const hash = await hashPassword('correct horse 7');
    expect(hash).to.match(/^\$argon2id\$/);
    expect(await verifyPassword('correct horse 7', hash)).to.equal(true);
    expect(await verifyPassword('correct horse 8', hash)).to.equal(false);
    expect(await verifyPassword('correct horse 7', undefined)).to.equal(false);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { z } from 'zod';
import { DAY, ID, NUMBER, sampleOf, TITLE } from '../../../test/support/message-samples.ts';
import { LANGUAGES } from './kind.ts';
import { KIND_NAMES, KINDS, type KindName } from './kinds.ts';

/** Characters of one text message in UCS-2, and of two in the alphabet of GSM. */
const MOST_SMS = { zh: 70, en: 160 };

/** Where the member takes the next step. */
const PAGES: Readonly<Record<KindName, string>> = {
  'file-quarantined': '/member/works',
  'order-returned': `/member/attestations/${ID}`,
  'order-due-in-7-days': `/member/attestations/${ID}`,
  'order-due-in-1-day': `/member/attestations/${ID}`,
  'order-withdrawn': `/member/attestations/${ID}`,
  'order-filed': `/member/attestations/${ID}`,
  'order-approved': `/member/attestations/${ID}`,
  'order-rejected': `/member/attestations/${ID}`,
  'certificate-ready': `/member/attestations/${ID}/certificate`,
  'certificate-revoked': `/member/attestations/${ID}/certificate`,
  'registration-returned': `/member/registrations/${ID}`,
  'registration-due-in-7-days': `/member/registrations/${ID}`,
  'registration-due-in-1-day': `/member/registrations/${ID}`,
  'registration-withdrawn': `/member/registrations/${ID}`,
  'registration-filed': `/member/registrations/${ID}`,
  'registration-passed': `/member/registrations/${ID}`,
  'registration-approved': `/member/registrations/${ID}`,
  'registration-refused': `/member/registrations/${ID}`,
  'registration-ready': `/member/registrations/${ID}`,
  'registration-revoked': `/member/registrations/${ID}`,
  'version-issued': `/member/registrations/${ID}`,
  'version-refused': `/member/registrations/${ID}`,
  'objection-filed': '/member/objections',
  'objection-answered': '/member/objections',
  'objection-decided': '/member/objections',
  'records-disclosed': '/member/disclosures',
  'refund-granted': `/member/attestations/${ID}`,
  'refund-refused': `/member/attestations/${ID}`,
  'payment-refunded': `/member/attestations/${ID}`,
  'phone-changed': '/member/security',
  'login-new-device': '/member/security',
  'login-new-network': '/member/security',
  'identity-verified': '/member/profile',
  'identity-rejected': '/member/profile',
  'organisation-verified': '/member/profile',
  'organisation-rejected': '/member/profile',
  'organisation-invitation': '/member/profile',
  'publication-approved': `/member/works/${ID}/publication`,
  'publication-refused': `/member/works/${ID}/publication`,
  'publication-taken-down': `/member/works/${ID}/publication`,
  'publication-restored': `/member/works/${ID}/publication`,
  'publication-upheld': `/member/works/${ID}/publication`,
};

describe('kinds of messages', () => {
  for (const name of KIND_NAMES) {
    const kind = KINDS[name];
    const data = sampleOf(kind.data);

    it(`${name} › has a title and a body in each language, and a page`, () => {
      for (const language of LANGUAGES) {
        const { title, body } = kind.textOf(language, data);
        for (const text of [title, body])
          expect(text, language)
            .to.be.a('string')
            .and.not.match(/undefined|null|NaN|\[object|^\s*$/);
        expect(title, language).to.not.match(/[\r\n]/);
        if (language === 'en')
          expect(`${title}${body}`.replaceAll(TITLE, ''), 'English').to.not.match(/\p{Script=Han}/u);
      }
      expect(kind.pathOf(ID, data)).to.equal(PAGES[name]);
    });

    it(`${name} › names the work and its number, and the deadline in every channel`, () => {
      const keys = Object.keys(z.toJSONSchema(kind.data, { io: 'input' }).properties ?? {});
      for (const language of LANGUAGES) {
        const { title, body, sms } = kind.textOf(language, data);
        if (keys.includes('title')) expect(title, language).to.include(TITLE);
        if (keys.some((key) => key === 'number' || key === 'orderNumber')) expect(body, language).to.include(NUMBER);
        const isDue = keys.includes('deadline') || keys.includes('expiresAt');
        if (isDue) for (const text of [body, ...(sms ? [sms.text] : [])]) expect(text, language).to.include(DAY);
      }
    });

    if (kind.channels.some((channel) => channel === 'sms'))
      it(`${name} › fits one text message, and says nothing of the work in it`, () => {
        for (const language of LANGUAGES) {
          const sms = kind.textOf(language, data).sms?.text ?? '';
          expect([...sms].length, language).to.be.within(1, MOST_SMS[language]);
          expect(sms, language)
            .to.not.include(TITLE)
            .and.not.match(/https?:/);
        }
      });
  }

  it('when days are counted › they are those of China', () => {
    const { body } = KINDS['order-due-in-1-day'].textOf('zh', {
      title: TITLE,
      orderNumber: '1311051137889075200',
      deadline: '2026-12-22T16:00:00.000Z',
    });
    expect(body).to.include('2026-12-23');
  });

  it('when an amount is given in fen › it is written in yuan', () => {
    const data = { amountFen: 3005, orderNumber: '1', attestationId: ID };
    expect(KINDS['payment-refunded'].textOf('zh', data).title).to.equal('已退款 ¥30.05');
  });
});

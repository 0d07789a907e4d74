// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { z } from 'zod';
import { LANGUAGES } from './kind.ts';
import { KIND_NAMES, KINDS } from './kinds.ts';

/** Of a work; no text message may carry it. */
const TITLE = '鹤华抱枕与青花人偶文创产品';
/** Characters of one text message in UCS-2, and of two in the alphabet of GSM. */
const MOST_SMS = { zh: 70, en: 160 };

/** Some value of the schema, from its JSON Schema. */
function sampleOf(schema: z.core.JSONSchema.JSONSchema, name = ''): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'object')
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sampleOf(Object(value), key)]),
    );
  if (schema.type === 'array') return [sampleOf(Object(schema.items), name), sampleOf(Object(schema.items), name)];
  if (schema.type === 'integer' || schema.type === 'number') return 3000;
  if (schema.type === 'boolean') return true;
  if (schema.format === 'date-time') return '2026-12-22T18:30:00.000Z';
  if (schema.format === 'uuid') return '019aaaaa-0000-7000-8000-000000000001';
  return name === 'title' ? TITLE : '1311051137889075200';
}

describe('kinds of messages', () => {
  for (const name of KIND_NAMES) {
    const kind = KINDS[name];
    const data = sampleOf(z.toJSONSchema(kind.data, { io: 'input' }));

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
      expect(kind.pathOf('019aaaaa-0000-7000-8000-000000000001', data)).to.match(/^\/[a-z]/);
    });

    if (kind.channels.some((channel) => channel === 'sms'))
      it(`${name} › fits one text message, and says nothing of the work in it`, () => {
        for (const language of LANGUAGES) {
          const { title, sms = title } = kind.textOf(language, data);
          expect([...sms].length, language).to.be.at.most(MOST_SMS[language]);
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
    const data = { amountFen: 3005, orderNumber: '1', attestationId: '019aaaaa-0000-7000-8000-000000000001' };
    expect(KINDS['payment-refunded'].textOf('zh', data).title).to.equal('已退款 ¥30.05');
  });
});

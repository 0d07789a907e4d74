// SPDX-License-Identifier: Apache-2.0
// That every code has a sentence is a matter of types; that it can be read is tested here.
import { expect } from 'chai';
import type { FieldCode } from './api-error.ts';
import { nameIn } from './download.ts';
import { errorSentence, fieldSentence, SENTENCES } from './sentences.ts';

/** With its places as they are. */
const said = (field: string, code: FieldCode) =>
  fieldSentence({ field, code, characters: '{characters}', megapixels: 0 }, '{label}', {
    values: { today: '{today}', megapixels: '{megapixels}' },
    language: 'zh',
  });

const LANGUAGES = ['zh', 'en'] as const;

describe('sentences', () => {
  it('both languages have the same codes', () => {
    for (const list of ['errors', 'fields', 'exact'] as const) {
      expect(Object.keys(SENTENCES.en[list])).to.have.members(Object.keys(SENTENCES.zh[list]));
    }
  });

  it('each names a next step: it has more than one clause, or asks for something', () => {
    for (const { errors, fields } of [SENTENCES.zh]) {
      for (const sentence of Object.values({ ...errors, ...fields })) expect(sentence).to.match(/请|会自动/);
    }
  });

  it('every placeholder of an error sentence is filled', () => {
    for (const language of LANGUAGES) {
      for (const sentence of Object.values(SENTENCES[language].errors)) expect(sentence).to.not.include('{');
    }
  });

  it('when a field has a sentence of its own › says that one', () => {
    const fault = { field: 'completedOn', code: 'in-future' } as const;
    const values = { today: '2026-11-20' };
    expect(fieldSentence(fault, '完成时间', { values, language: 'zh' })).to.equal(
      '完成时间不能晚于今天（2026-11-20）。请填写作品实际完成的日期。',
    );
  });

  it('when a certificate cannot print a character › names it', () => {
    const fault = { field: 'title', code: 'unprintable', characters: 'ᠮ' } as const;
    expect(fieldSentence(fault, '作品名称', { language: 'zh' })).to.include('印不出作品名称里的“ᠮ”');
  });

  it('when the field is an entry of a list › says its label', () => {
    const fault = { field: 'files.1', code: 'type-mismatch' } as const;
    expect(fieldSentence(fault, 'Work file 2', { language: 'en' })).to.match(/^The content of Work file 2/);
  });

  it('when the field is the eleventh entry of a list, or a part of it › says the same as for the first', () => {
    const places = Object.keys(SENTENCES.zh.exact).flatMap((key) => {
      const [, field = '', code = ''] = /^(.+)\.([a-z-]+)$/.exec(key) ?? [];
      return [0, 9, 10, 99].map((index) => [SENTENCES.zh.exact[key], `${field}.${index}`, code as FieldCode] as const);
    });
    for (const [sentence, field, code] of places) expect(said(field, code), `${field} ${code}`).to.equal(sentence);
  });

  it('when a page is older than the portal and meets an unknown code › still says something', () => {
    const unknown = 'from-the-future' as 'internal'; // what a newer portal may send
    expect(errorSentence(unknown, 'zh')).to.equal(SENTENCES.zh.errors.internal);
  });
});

describe('nameIn', () => {
  it('when the answer names the file in UTF-8 › takes that name', () => {
    expect(nameIn(`attachment; filename="__.pdf"; filename*=UTF-8''%E8%AF%81%E4%B9%A6.pdf`)).to.equal('证书.pdf');
    expect(nameIn('attachment; filename="a.zip"')).to.equal('a.zip');
    expect(nameIn('')).to.equal('download');
  });
});

import canonicalize from 'canonicalize';
import { expect } from 'chai';
import fc from 'fast-check';
import { utf8 } from './bytes.ts';
import { canonicalText } from './canonical.ts';
import { canonicalSourceOf, JsonError, type JsonObject, readCanonicalJson, readJson } from './json.ts';

const defectOf = (read: (bytes: Uint8Array) => unknown, text: string): string => {
  try {
    read(utf8(text));
  } catch (error) {
    if (error instanceof JsonError) return error.defect;
    throw error;
  }
  return 'none';
};

const integersOnly = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'toString', '1', '10', '9')),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

// Texts on the border of JSON: pieces of it in any order.
const nearJson = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '"\\u0061"',
      '"\\ud800"',
      '0',
      '-0',
      '12',
      '01',
      '1.5',
      '1e3',
      '-',
      'true',
      'nul',
      'null',
      ' ',
      '\n',
      '\u00a0',
      '"',
      '\\',
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

describe('readJson', () => {
  it('takes just the texts that JSON.parse takes', () => {
    fc.assert(
      fc.property(fc.oneof(nearJson, fc.json(), fc.string()), (text) => {
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        const hasLoneSurrogate = /\\ud800/.test(text);
        if (isJson && !hasLoneSurrogate) expect(defectOf(readJson, text)).to.not.equal('not-json');
        else expect(defectOf(readJson, text)).to.equal('not-json');
      }),
      { numRuns: 5_000 },
    );
  });

  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(integersOnly, (value) => {
        const text = JSON.stringify(value, null, 2);
        fc.pre(text.isWellFormed() && !/\\ud[89a-f]/.test(text) && !text.includes('-0'));
        expect(JSON.stringify(readJson(utf8(text)))).to.equal(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 500 },
    );
  });

  it('ranks the defects of a text wherever they stand', () => {
    const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(defectOf(readJson, deep(32))).to.equal('none');
    expect(defectOf(readJson, deep(33))).to.equal('too-deep');
    expect(defectOf(readJson, `{"a":1,"a":${deep(40)}}`)).to.equal('too-deep');
    expect(defectOf(readJson, `{"a":1.5,"b":${deep(40)},"c"}`)).to.equal('not-json');
    expect(defectOf(readJson, `{"a":1.5,"c":"\\udc00"}`)).to.equal('not-json');
    expect(defectOf(readJson, '{"a":1,"a":1}')).to.equal('not-canonical');
    expect(defectOf(readJson, '[9007199254740992]')).to.equal('not-canonical');
    expect(defectOf(readJson, '[-9007199254740991]')).to.equal('none');
    expect(defectOf(readJson, `${'[{"a":'.repeat(200_000)}1${'}]'.repeat(200_000)}`)).to.equal('too-deep');
  });

  it('refuses what is not UTF-8', () => {
    for (const bytes of [[0xff], [0x22, 0xed, 0xa0, 0x80, 0x22], [0xef, 0xbb, 0xbf, 0x30], [0x22, 0xc0, 0xaf, 0x22]]) {
      expect(() => readJson(Uint8Array.from(bytes))).to.throw(JsonError);
    }
  });

  it('gives a member named __proto__ like any other', () => {
    const value = readJson(utf8('{"__proto__":{"a":1}}'));
    expect(Object.keys(value ?? {})).to.deep.equal(['__proto__']);
    expect(canonicalText(value)).to.equal('{"__proto__":{"a":1}}');
    expect(defectOf(readJson, '{"__proto__":1,"__proto__":2}')).to.equal('not-canonical');
  });
});

describe('readCanonicalJson', () => {
  it('takes a text just if it is its own RFC 8785 form', () => {
    const layouts = fc.constantFrom(undefined, ' ', 1);
    fc.assert(
      fc.property(integersOnly, layouts, fc.boolean(), (value, space, isSorted) => {
        const canonical = canonicalize(value) ?? 'null';
        const text = isSorted ? canonical : JSON.stringify(value, null, space);
        fc.pre(text.isWellFormed() && !/\\ud[89a-f]/.test(text) && !text.includes('-0'));
        expect(defectOf(readCanonicalJson, text)).to.equal(text === canonical ? 'none' : 'not-canonical');
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses white space, unsorted names and needless escapes', () => {
    for (const text of [' 1', '[1 ]', '{"b":1,"a":2}', '"\\u0061"', '"\\/"', '"\\u000A"', '[1,\n2]']) {
      expect(defectOf(readCanonicalJson, text), text).to.equal('not-canonical');
      expect(defectOf(readJson, text), text).to.equal('none');
    }
    for (const text of ['"\\n"', '"\\u001f"', '"\\""', '{"a":1,"b":[],"é":{}}', '"\u2028\u007f/"']) {
      expect(defectOf(readCanonicalJson, text), text).to.equal('none');
    }
  });
});

describe('canonicalText', () => {
  it('is that of the usual library', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(canonicalText(value)).to.equal(canonicalize(value));
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses what is not JSON', () => {
    for (const value of [
      undefined,
      Number.NaN,
      () => 1,
      1n,
      '\ud800',
      { a: undefined },
      [undefined],
      { '\udc00': 1 },
    ]) {
      expect(() => canonicalText(value)).to.throw(RangeError);
    }
  });
});

describe('canonicalSourceOf', () => {
  it('is the canonical form of each section, whatever its content, and of nothing else', () => {
    fc.assert(
      fc.property(fc.array(integersOnly, { minLength: 1, maxLength: 4 }), (contents) => {
        const sections = contents.map((content, index) => ({ name: `s${index}`, content, sections: [{ content }] }));
        const text = canonicalText({ manifest: { sections }, sections });
        const read = readCanonicalJson(utf8(text)) as { manifest: { sections: JsonObject[] }; sections: JsonObject[] };
        read.sections.forEach((section, index) => {
          expect(canonicalSourceOf(section)).to.equal(canonicalText(sections[index]));
          for (const inner of section.sections as JsonObject[]) expect(canonicalSourceOf(inner)).to.equal(undefined);
        });
        for (const other of read.manifest.sections) expect(canonicalSourceOf(other)).to.equal(undefined);
      }),
    );
  });
});

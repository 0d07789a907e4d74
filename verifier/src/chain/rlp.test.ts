import { expect } from 'chai';
import fc from 'fast-check';
import { concatBytes } from '../encoding/bytes.ts';
import { decodeRlp, encodeRlp, RlpError, type RlpItem, readInteger } from './rlp.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);
const isRefused = (text: Uint8Array): boolean => {
  try {
    decodeRlp(text);
  } catch (error) {
    if (error instanceof RlpError) return true;
    throw error;
  }
  return false;
};

const items: fc.Arbitrary<RlpItem> = fc.letrec<{ item: RlpItem }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.uint8Array({ maxLength: 70 }),
    fc.array(tie('item'), { maxLength: 5 }),
  ),
})).item;

describe('RLP', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(items, (item) => {
        expect(decodeRlp(encodeRlp(item))).to.deep.equal(item);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has one text for each item: what can be read is written the same again', () => {
    const texts = fc.oneof(fc.uint8Array({ maxLength: 80 }), items.chain(brokenText));
    fc.assert(
      fc.property(texts, (text) => {
        if (!isRefused(text)) expect(encodeRlp(decodeRlp(text))).to.deep.equal(text);
      }),
      { numRuns: 5_000 },
    );
  });

  it('knows the examples of its definition', () => {
    const dog = new TextEncoder().encode('dog');
    expect(encodeRlp(dog)).to.deep.equal(bytes(0x83, ...dog));
    expect(encodeRlp([])).to.deep.equal(bytes(0xc0));
    expect(encodeRlp(bytes())).to.deep.equal(bytes(0x80));
    expect(encodeRlp(bytes(0x0f))).to.deep.equal(bytes(0x0f));
    expect(encodeRlp([[], [[]], [[], [[]]]])).to.deep.equal(bytes(0xc7, 0xc0, 0xc1, 0xc0, 0xc3, 0xc0, 0xc1, 0xc0));
    expect(encodeRlp(new Uint8Array(56)).subarray(0, 2)).to.deep.equal(bytes(0xb8, 56));
    expect(encodeRlp(new Uint8Array(1_024)).subarray(0, 3)).to.deep.equal(bytes(0xb9, 4, 0));
  });

  it('refuses every text that is not the shortest, or not whole', () => {
    const refused: [string, Uint8Array][] = [
      ['nothing', bytes()],
      ['a single byte in a longer form', bytes(0x81, 0x7f)],
      ['a short string in the long form', bytes(0xb8, 1, 0x80)],
      ['a length with a leading zero', concatBytes([bytes(0xb9, 0, 56), new Uint8Array(56)])],
      ['the longest short string in the long form', concatBytes([bytes(0xb8, 55), new Uint8Array(55)])],
      ['a short list in the long form', bytes(0xf8, 1, 0x01)],
      ['the longest short list in the long form', concatBytes([bytes(0xf8, 55), new Uint8Array(55)])],
      ['a string cut short', bytes(0x83, 1, 2)],
      ['a list cut short', bytes(0xc2, 1)],
      ['an item that leaves its list', bytes(0xc2, 0x82, 1, 2)],
      ['a length cut short', bytes(0xb9, 1)],
      ['a length of eight bytes', bytes(0xbf, 1, 0, 0, 0, 0, 0, 0, 0)],
      ['bytes left over', bytes(0x80, 0x80)],
    ];
    for (const [what, text] of refused) expect(isRefused(text), what).to.equal(true);
  });

  it('stops at eight levels', () => {
    const nested = (levels: number): RlpItem => (levels === 0 ? bytes(1) : [nested(levels - 1)]);
    expect(isRefused(encodeRlp(nested(8)))).to.equal(false);
    expect(isRefused(encodeRlp(nested(9)))).to.equal(true);
  });

  it('reads integers in their one form', () => {
    expect(readInteger(bytes(), 8)).to.equal(0n);
    expect(readInteger(bytes(1, 0), 8)).to.equal(256n);
    for (const item of [bytes(0), bytes(0, 1), new Uint8Array(9).fill(1), [], undefined]) {
      expect(() => readInteger(item, 8)).to.throw(RlpError);
    }
  });
});

// A canonical text with one byte changed, left out or put in.
function brokenText(item: RlpItem): fc.Arbitrary<Uint8Array> {
  const text = encodeRlp(item);
  return fc.tuple(fc.nat(text.length - 1), fc.nat(255), fc.nat(2)).map(([at, byte, way]) => {
    if (way === 0) return text.with(at, byte);
    return Uint8Array.from([...text].toSpliced(at, way === 1 ? 1 : 0, ...(way === 1 ? [] : [byte])));
  });
}

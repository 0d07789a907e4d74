import { expect } from 'chai';
import { measureWork } from '../../test/support/work-time.ts';
import { verifyAbsence, verifyBundle } from './index.ts';

// Coarse bounds, to catch what grows without limit; the figures themselves are measured by the bench.
const MEBIBYTE = 1_048_576;
const MAX_MS = 5_000;
const MAX_GROWTH = 256 * 2 ** 20;

const filled = (open: string, unit: string, close: string): string =>
  open + unit.repeat(Math.floor((MEBIBYTE - open.length - close.length) / unit.length)) + close;

const TEXTS: Record<string, string> = {
  'open arrays': '['.repeat(MEBIBYTE),
  'nested arrays': '['.repeat(MEBIBYTE / 2) + ']'.repeat(MEBIBYTE / 2),
  'nested objects': '{"a":'.repeat(140_000) + '1'.concat('}'.repeat(140_000)),
  'empty arrays': filled('[', '[],', '[]]'),
  'empty objects': filled('[', '{},', '{}]'),
  numbers: filled('[', '0,', '0]'),
  'arrays of depth 32': filled('[', `${'['.repeat(31)}${']'.repeat(31)},`, '0]'),
  'one long string': `"${'鹤'.repeat(MEBIBYTE / 3 - 2)}"`,
  'one long number': '1'.repeat(MEBIBYTE),
  escapes: filled('"', '\\u0061', '"'),
  'an open string of backslashes': `"${'\\'.repeat(MEBIBYTE - 1)}`,
  'a repeated name': filled('{', '"a":1,', '"a":1}'),
  'a repeated __proto__': filled('{', '"__proto__":{},', '"a":1}'),
  'white space': ' '.repeat(MEBIBYTE),
};

describe('hostile bytes', () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    it(`a mebibyte of ${name} is refused within bounds`, async () => {
      const bytes = new TextEncoder().encode(text).subarray(0, MEBIBYTE);
      const heap = process.memoryUsage().heapUsed;
      const workMs = measureWork();
      const reports = [
        await verifyBundle(bytes),
        await verifyAbsence(bytes),
        await verifyBundle(bytes, { trust: bytes }),
      ];
      expect(workMs()).to.be.below(MAX_MS);
      expect(process.memoryUsage().heapUsed - heap).to.be.below(MAX_GROWTH);
      for (const { verdict, error } of reports)
        expect({ verdict, isNamed: error !== undefined }).to.deep.equal({ verdict: 'not-verified', isNamed: true });
    }).timeout(30_000);
  }
});

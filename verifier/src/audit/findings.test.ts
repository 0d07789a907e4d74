import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { AUDIT_CODES } from './index.ts';
import { sentencesOf } from './sentences.ts';

describe('the codes of an audit', () => {
  it('are those of docs/audit.md, in its order', () => {
    const text = readFileSync(new URL('../../../docs/audit.md', import.meta.url), 'utf8');
    const listed = [...text.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
    expect(listed).to.deep.equal([...AUDIT_CODES]);
  });

  it('have sentences of their own in both languages', () => {
    for (const language of ['zh', 'en'] as const) {
      const { codes } = sentencesOf(language);
      expect(new Set(Object.values(codes)).size).to.equal(AUDIT_CODES.length);
    }
  });
});

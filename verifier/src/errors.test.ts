import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { LAYOUT_V1 } from './chain/registry.ts';
import { CHECK_CODES, NOT_RUN_REASONS, PACKAGE_CODES, READING_CODES, TRUST_CODES } from './errors.ts';
import { RECEIPT_CODES, RECEIPT_REASONS, RECEIPT_VERDICTS } from './receipts/index.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('docs/errors.md', () => {
  it('lists every code and reason of the verifier, and no other', () => {
    const [, section = ''] = /<!-- verifier -->([\s\S]*)<!-- \/verifier -->/.exec(read('docs/errors.md')) ?? [];
    const listed = [...section.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, code]) => code);
    expect(listed).to.deep.equal([
      ...READING_CODES,
      ...TRUST_CODES,
      ...CHECK_CODES,
      ...PACKAGE_CODES,
      ...NOT_RUN_REASONS,
      ...RECEIPT_VERDICTS,
      ...RECEIPT_CODES,
      ...RECEIPT_REASONS,
    ]);
  });
});

describe('LAYOUT_V1', () => {
  it('is the layout of the compiled contract', () => {
    expect(LAYOUT_V1).to.deep.equal(JSON.parse(read('contracts/artifact/EvidenceRegistry.json')).layout);
  });

  it('is the layout of docs/proof-format.md', () => {
    for (const [name, slot] of Object.entries(LAYOUT_V1))
      expect(read('docs/proof-format.md')).to.include(`| \`${name}\` | \`${slot}\` |`);
  });
});

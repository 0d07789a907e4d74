// SPDX-License-Identifier: Apache-2.0
// docs/errors.md and the program list the same codes, both ways.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { assert } from 'chai';
import { ERROR_CODES, FIELD_CODES, START_CODES } from './errors.ts';
import { PROBLEMS } from './http/problems.ts';

const DOCUMENT = path.join(import.meta.dirname, '..', '..', 'docs', 'errors.md');

describe('docs/errors.md', () => {
  let http: string;
  let start: string;
  before(async () => {
    const text = await readFile(DOCUMENT, 'utf8');
    const section = /<!-- ledger -->(.*)<!-- \/ledger -->/s.exec(text)?.[1] ?? '';
    [http = '', start = ''] = section.split(/^## .*at start$/m);
  });

  it('lists every code of an answer with its status', () => {
    const documented = [...http.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm)].map(
      ([, code, status]) => `${code} ${status}`,
    );
    assert.deepEqual(
      documented,
      ERROR_CODES.map((code) => `${code} ${PROBLEMS[code].status}`),
    );
  });

  it('lists every code of a field', () => {
    const line = /^Codes of single fields.*$/m.exec(http)?.[0] ?? '';
    assert.sameMembers(
      [...line.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code).filter((code) => code !== 'errors'),
      [...FIELD_CODES],
    );
  });

  it('lists every code of a refused start', () => {
    const documented = [...start.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
    assert.deepEqual(documented, [...START_CODES]);
  });
});

describe('PROBLEMS', () => {
  it('says when to try again wherever that may help', () => {
    for (const [code, { status, retryAfter }] of Object.entries(PROBLEMS)) {
      if (status === 503 || status === 429) assert.isDefined(retryAfter, code);
    }
  });
});

// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import type { FieldError } from '../../api/api-error.ts';
import { arrivedSince } from './arrived.ts';
import type { FileRow } from './file-row.ts';

const row = (isComplete: boolean): FileRow => ({
  key: 'a',
  uploadId: 'a',
  name: '鹤.png',
  size: 1,
  sha256: null,
  mediaType: null,
  item: undefined,
  problems: [],
  isComplete,
  isInterrupted: false,
});
const incomplete = (field: string): FieldError => ({ field, code: 'not-complete' });
const pathOf = (_: FileRow, index: number) => `files.${index}`;

describe('arrivedSince', () => {
  it('when a file that a save called incomplete has arrived › names its path, whichever of the two was refused', () => {
    const rows = [row(true), row(true), row(false)];
    const errors = [incomplete('files.0'), incomplete('files.1.uploadId'), incomplete('files.2')];
    expect(arrivedSince(errors, rows, pathOf)).to.deep.equal(['files.0', 'files.1']);
  });

  it('when something else is wrong with it › leaves that', () => {
    expect(arrivedSince([{ field: 'files.0', code: 'duplicate' }], [row(true)], pathOf)).to.deep.equal([]);
  });
});

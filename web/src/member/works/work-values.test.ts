// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { EMPTY_WORK, formOf } from './work-values.ts';

describe('formOf', () => {
  it('when the file that a display image was taken from is gone › no longer names it', () => {
    const display = [{ uploadId: 'image', derivedFrom: 'file' }];
    expect(formOf({ ...EMPTY_WORK, files: ['file'], display }, 'DRAFT').display).to.deep.equal(display);
    expect(formOf({ ...EMPTY_WORK, files: ['other'], display }, 'DRAFT').display).to.deep.equal([
      { uploadId: 'image' },
    ]);
  });
});

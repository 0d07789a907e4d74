// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { openWebPages, type WebPages } from '../../testing/web-pages.ts';
import type { Reason, Review } from '../api/attestations.ts';
import type { reasonsAt as ReasonsAt } from './review-notice.tsx';

const reason = (field: string): Reason => ({ field, code: 'unclear', text: `about ${field}` });
const reviewOf = (fields: string[], part: Partial<Review> = {}): Review => ({
  decision: 'RETURN',
  reasons: fields.map(reason),
  decidedAt: '2026-11-22T05:00:04.000Z',
  deadline: null,
  ...part,
});

describe('reasonsAt', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let reasonsAt: typeof ReasonsAt;
  before(async () => {
    pages = await openWebPages();
    ({ reasonsAt } = await pages.load<{ reasonsAt: typeof ReasonsAt }>('orders/review-notice.tsx'));
  });
  after(() => pages.stop());

  const at = (field: string, review: Review | null) => reasonsAt(review, field).map((each) => each.field);

  it('when the reviewer speaks of a single file › it stands beside the files', () => {
    expect(at('files', reviewOf(['files', 'files.0', 'files.12', 'title']))).to.deep.equal([
      'files',
      'files.0',
      'files.12',
    ]);
  });

  it('when another field begins with the same letters › it is not about this one', () => {
    expect(at('title', reviewOf(['titles', 'titleNote', 'title']))).to.deep.equal(['title']);
  });

  for (const decision of ['REJECT', 'APPROVE'] as const)
    it(`when the decision was ${decision} › nothing stands beside the fields`, () => {
      expect(at('title', reviewOf(['title'], { decision }))).to.deep.equal([]);
    });

  it('when nobody has reviewed it yet › nothing stands beside the fields', () => {
    expect(at('title', null)).to.deep.equal([]);
  });
});

// SPDX-License-Identifier: Apache-2.0
import { expect } from 'chai';
import { createTemplateMaker, type TemplateMaker } from './template-maker.ts';
import { makeTemplate } from './templates.ts';

const CRASHING = new URL('../../../test/support/crashing-template.ts', import.meta.url);

const titled = (title: string) => ({
  title,
  workType: null,
  completedOn: null,
  acquisition: null,
  ownership: null,
  owners: [],
  authors: [],
  applicants: [],
  siteName: '测试版权中心',
});

describe('templates made in threads', function () {
  this.timeout(60_000);
  let maker: TemplateMaker;
  afterEach(() => maker.close());

  it('when a thread fills a template › gives the same bytes as without', async () => {
    maker = createTemplateMaker();
    const [made, expected] = [
      await maker.make('GUARANTEE', titled('鹤华秋色图')),
      await makeTemplate('GUARANTEE', titled('鹤华秋色图')),
    ];
    expect(made.equals(expected)).to.equal(true);
  });

  for (const how of ['exit', 'throw'])
    it(`when the thread ends by ${how} › fails that template with internal, and makes the others`, async () => {
      maker = createTemplateMaker({ thread: CRASHING });
      const crash = maker.make('GUARANTEE', titled(how)).catch((failure: unknown) => failure);
      const next = maker.make('GUARANTEE', titled('fine'));
      expect(await crash).to.include({ code: 'internal' });
      expect((await next).toString()).to.equal('fine');
    });
});

// SPDX-License-Identifier: Apache-2.0
// The publish form between its member and the portal: when a record is made, its versions, and what is kept of a draft.
import { mock } from 'node:test';
import { expect } from 'chai';
import { createElement } from 'react';
import type { Answer, LivePage } from '../../../testing/live-page.ts';
import { openWebPages, type WebPages } from '../../../testing/web-pages.ts';
import type { Work } from '../../api/works.ts';
import type { useWorkForm as UseWorkForm, WorkFormState } from './use-work-form.ts';
import { EMPTY_WORK, type WorkValues } from './work-values.ts';

const SAVE_AFTER_MS = 2_500;
const KEY = 'work:new';
const DRAFT = `inkseal-draft:${KEY}`;
const FILLED: WorkValues = { ...EMPTY_WORK, title: '鹤华', files: ['f1'] };

describe('useWorkForm', function () {
  this.timeout(60_000);
  let pages: WebPages;
  let useWorkForm: typeof UseWorkForm;
  let form: WorkFormState;
  let page: LivePage;
  before(async () => {
    pages = await openWebPages();
    ({ useWorkForm } = await pages.load<{ useWorkForm: typeof UseWorkForm }>('member/works/use-work-form.ts'));
  });
  beforeEach(() => {
    localStorage.clear();
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(async () => {
    await pages.closePage();
    mock.timers.reset();
  });
  after(() => pages.stop());

  const open = async (initial: WorkValues, { work, answer = portal() }: { work?: Work; answer?: Answer } = {}) => {
    const Form = () => {
      form = useWorkForm({ work, initial, draftKey: KEY });
      return null;
    };
    page = await pages.live(createElement(Form), { at: '/member/publish', answer });
    return page;
  };
  /** Gives a new work the id `w1`, and each save the next version. */
  const portal = (): Answer => {
    let version = 0;
    return ({ line }) => {
      if (!/^(POST|PUT) \/works/.test(line)) return { items: [], next: null };
      version += 1;
      return { id: 'w1', version };
    };
  };
  const during = async (work: () => unknown) => {
    work();
    await page.settle();
  };
  const wait = async () => {
    mock.timers.tick(SAVE_AFTER_MS);
    await page.settle();
  };
  const saves = () => page.asked.filter(({ line }) => /^(POST|PUT) \/works/.test(line));

  it('when nothing worth keeping was typed › makes no record', async () => {
    await open(EMPTY_WORK);
    await during(() => form.change({ intro: '介绍' }));
    await wait();
    expect(saves()).to.deep.equal([]);
    expect(localStorage.getItem(DRAFT), 'this device keeps it').to.not.equal(null);
  });

  it('when it is typed into again and again › makes one record, and saves that one each time', async () => {
    await open(EMPTY_WORK);
    for (const title of ['鹤', '鹤华', '鹤影']) {
      await during(() => form.change({ title }));
      await wait();
    }
    expect(saves().map(({ line }) => line)).to.deep.equal(['POST /works', 'PUT /works/w1', 'PUT /works/w1']);
    const bodies = saves().map(({ body }) => body as { title: string; version?: number; state: string });
    expect(bodies.map(({ title, version, state }) => [title, version, state])).to.deep.equal([
      ['鹤', undefined, 'DRAFT'],
      ['鹤华', 1, 'DRAFT'],
      ['鹤影', 2, 'DRAFT'],
    ]);
  });

  it('when no answer comes to the first save › sends it again with the same id', async () => {
    let isAway = true;
    await open(EMPTY_WORK, {
      answer: ({ line }) => {
        if (line !== 'POST /works') return { items: [], next: null };
        return isAway ? new Response('', { status: 502 }) : { id: 'w1', version: 1 };
      },
    });
    await during(() => form.change({ title: '鹤' }));
    await wait();
    isAway = false;
    await during(() => form.change({ title: '鹤华' }));
    await wait();
    const posts = saves().map(({ line, body }) => [line, (body as { id?: string }).id]);
    expect(posts.map(([line]) => line)).to.deep.equal(['POST /works', 'POST /works']);
    expect(posts[0]?.[1])
      .to.match(/^[0-9a-f-]{36}$/)
      .and.to.equal(posts[1]?.[1]);
  });

  it('when several keys are hit within the wait › saves once, with the last', async () => {
    await open(EMPTY_WORK);
    await during(() => form.change({ title: '鹤' }));
    mock.timers.tick(SAVE_AFTER_MS - 1);
    await during(() => form.change({ title: '鹤华' }));
    await wait();
    expect(saves().map(({ body }) => (body as { title: string }).title)).to.deep.equal(['鹤华']);
  });

  it('when it is submitted › puts it into the archive, forgets the draft, and shows the works', async () => {
    await open(FILLED);
    localStorage.setItem(DRAFT, JSON.stringify({ values: FILLED }));
    await during(() => form.submit());
    expect(saves()).to.have.length(1);
    expect(saves()[0]?.body).to.include({ title: '鹤华', state: 'ARCHIVED' });
    expect(localStorage.getItem(DRAFT)).to.equal(null);
    expect(page.address()).to.equal('/member/works');
  });

  it('when the portal refuses it › names every field, keeps the draft, and saves on', async () => {
    let refuses = true;
    await open(FILLED, {
      answer: ({ line }) => {
        if (!line.endsWith('/works')) return { id: 'w1', version: 2 };
        if (!refuses) return { id: 'w1', version: 1 };
        const errors = [
          { field: 'tags', code: 'missing' },
          { field: 'cover', code: 'missing' },
        ];
        const headers = { 'Content-Type': 'application/problem+json' };
        return Response.json({ code: 'invalid-request', errors }, { status: 400, headers });
      },
    });
    await during(() => form.change({ title: '鹤影' }));
    await during(() => form.submit());
    expect(form.faults.lines.map(({ fieldId }) => fieldId)).to.deep.equal(['work-tags', 'work-cover']);
    expect(form.isSending).to.equal(false);
    expect(page.address()).to.equal('/member/publish');
    expect(JSON.parse(localStorage.getItem(DRAFT) ?? '{}').values.title).to.equal('鹤影');
    refuses = false;
    await during(() => form.change({ tags: ['画'] }));
    expect(form.faults.lines.map(({ fieldId }) => fieldId)).to.deep.equal(['work-cover']);
    await wait();
    expect(saves().at(-1)?.body).to.deep.include({ tags: ['画'], state: 'DRAFT' });
  });

  it('when the work is in the archive › is saved on purpose only', async () => {
    const work = { id: 'w1', version: 7, state: 'ARCHIVED' } as Work; // what the form reads of it
    await open(FILLED, { work });
    await during(() => form.change({ title: '鹤影' }));
    await wait();
    expect(saves()).to.deep.equal([]);
    await during(() => form.submit());
    expect(saves().map(({ line, body }) => [line, (body as { version: number }).version])).to.deep.equal([
      ['PUT /works/w1', 7],
    ]);
  });
});

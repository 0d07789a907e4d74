// SPDX-License-Identifier: Apache-2.0
// What this device keeps of a form.
import { expect } from 'chai';
import { forgetDraft, readDraft } from './draft.ts';

describe('a draft on this device', () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  let kept: Map<string, string>;
  beforeEach(() => {
    kept = new Map();
    const localStorage = {
      getItem: (key: string) => kept.get(key) ?? null,
      removeItem: (key: string) => void kept.delete(key),
    };
    Object.defineProperty(globalThis, 'localStorage', { value: localStorage, configurable: true });
  });
  after(() => {
    if (own) Object.defineProperty(globalThis, 'localStorage', own);
    else Reflect.deleteProperty(globalThis, 'localStorage');
  });

  it('when there are several › is the one of this form, with the record that it belongs to', () => {
    kept.set('inkseal-draft:work:1', JSON.stringify({ values: { title: '鹤' }, id: 'one' }));
    kept.set('inkseal-draft:work:2', JSON.stringify({ values: { title: '华' } }));
    expect(readDraft('work:1')).to.deep.equal({ values: { title: '鹤' }, id: 'one' });
    expect(readDraft('work:2')).to.deep.equal({ values: { title: '华' } });
    expect(readDraft('work:3')).to.equal(undefined);
  });

  it('when it was forgotten › is gone, and the others stay', () => {
    kept.set('inkseal-draft:work:1', '{"values":1}');
    kept.set('inkseal-draft:work:2', '{"values":2}');
    forgetDraft('work:1');
    expect(readDraft('work:1')).to.equal(undefined);
    expect(readDraft('work:2')).to.deep.equal({ values: 2 });
  });

  it('when what is kept was damaged, or may not be read › begins with an empty form', () => {
    kept.set('inkseal-draft:work:1', '{"values":');
    expect(readDraft('work:1')).to.equal(undefined);
    Object.defineProperty(globalThis, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
      configurable: true,
    });
    expect(readDraft('work:1')).to.equal(undefined);
  });
});

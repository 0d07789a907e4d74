import { expect } from 'chai';
import { makeTrust, makeWorld } from '../../vectors/support/world.ts';
import { encodeBundle, verifyBundle } from '../index.ts';

describe('check of the sections', () => {
  it('tells an unlisted section before one that differs, wherever they stand', async () => {
    const world = await makeWorld();
    const { sections = [], ...rest } = world.bundle;
    const changed = sections.map((section, place) =>
      place === 0 ? { ...section, salt: '7'.repeat(64) } : { ...section, name: 'unlisted' },
    );
    const bytes = encodeBundle({ ...rest, sections: changed });
    const { checks } = await verifyBundle(bytes, { trust: makeTrust(world) });
    expect(checks.find(({ name }) => name === 'sections')).to.include({ outcome: 'failed', code: 'section-unlisted' });
  });
});

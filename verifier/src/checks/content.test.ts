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

describe('check of the file', () => {
  it('counts each listed file once, however often the same one is handed in', async () => {
    const { bundle } = await makeWorld();
    const listed = { name: 'a.txt', size: '1', mediaType: 'text/plain', sha256: 'a'.repeat(64) };
    const content = [listed, { ...listed, name: 'b.txt', sha256: 'b'.repeat(64) }];
    const sections = (bundle.sections ?? []).map((section) =>
      section.name === 'files' ? { ...section, content } : section,
    );
    const same = { size: 1, sha256: listed.sha256 };
    const { checks, facts } = await verifyBundle(encodeBundle({ ...bundle, sections }), { files: [same, same] });
    expect(checks[0]).to.include({ outcome: 'passed', detail: '1 of 2 listed files compared' });
    expect(facts).to.include({ listedFiles: 2, comparedFiles: 1 });
  });
});

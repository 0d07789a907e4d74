// What fails in the content, the registry and the path of a bundle.
import { type Bundle, type CheckCode, type TrustedNetwork, toHex0x } from '../../src/index.ts';
import type { Case } from '../support/case.ts';
import { seeded } from '../support/chain.ts';
import { makeTrust, makeWorld, type World } from '../support/world.ts';
import { bad, type Failures, noChange, set } from './bad-case.ts';

export async function content(): Promise<Case[]> {
  const world = await makeWorld();
  const { bundle } = world;
  const { manifest, sections = [] } = bundle;
  const noFiles = await makeWorld({ sections: ['work'] });
  if (!manifest) throw new RangeError('no manifest');
  const renamed = sections.map((section) => (section.name === 'work' ? { ...section, name: 'works' } : section));
  const retold = sections.map((section) => (section.name === 'work' ? { ...section, content: 'other' } : section));
  const shorter = { ...manifest, sections: manifest.sections.slice(0, 2) };
  const sm3 = await makeWorld({ restate: (statement) => ({ ...statement, sm3: 'a'.repeat(64) }) });
  return [
    bad(
      'other-file',
      'Another file than the listed one.',
      noChange(world),
      { file: 'file-mismatch' },
      { files: ['other.txt'] },
    ),
    bad(
      'one-file-of-two',
      'One of the two files handed in is not listed.',
      noChange(world),
      { file: 'file-mismatch' },
      {
        files: ['work.txt', 'other.txt'],
      },
    ),
    bad(
      'files-not-disclosed',
      'A file in hand, and a bundle that names none.',
      noChange(noFiles),
      { file: 'files-not-disclosed' },
      {
        files: ['work.txt'],
      },
    ),
    bad('section-unlisted', 'A section that the manifest does not list.', [world, { ...bundle, sections: renamed }], {
      sections: 'section-unlisted',
    }),
    bad('section-mismatch', 'A section with other content.', [world, { ...bundle, sections: retold }], {
      sections: 'section-mismatch',
    }),
    bad('manifest-mismatch', 'A manifest with a section less.', [world, { ...bundle, manifest: shorter }], {
      manifest: 'manifest-mismatch',
    }),
    bad('manifest-sm3-mismatch', 'A statement with an SM3 of something else.', noChange(sm3), {
      manifest: 'manifest-sm3-mismatch',
    }),
  ];
}

export async function registry(): Promise<Case[]> {
  const world = await makeWorld();
  const trust = makeTrust(world);
  const [network] = trust.networks;
  const [registry] = network?.registries ?? [];
  if (!network || !registry) throw new RangeError('no registry');
  const withRegistry = (change: object) => ({ trust: makeTrust(world, { registries: [{ ...registry, ...change }] }) });
  const throughNumber = String(BigInt(world.bundle.statement.number) - 1n);
  const sets = { unknown: [set('5000', world.spec.validators)], later: [set('0', world.spec.validators.slice(1))] };
  const withSets = (validatorSets: TrustedNetwork['validatorSets']) => ({ trust: makeTrust(world, { validatorSets }) });
  const everywhere = (code: CheckCode): Failures => ({ seals: code, 'not-before': code, status: code });
  return [
    bad(
      'chain-unknown',
      'The trust file names another chain.',
      noChange(world),
      { statement: 'chain-unknown' },
      {
        trust: makeTrust(world, { chainId: '7789' }),
      },
    ),
    bad(
      'registry-unknown',
      'The trust file names another registry.',
      noChange(world),
      { statement: 'registry-unknown' },
      {
        ...withRegistry({ address: `0x${'1'.repeat(40)}` }),
      },
    ),
    bad(
      'number-retired',
      'The registry was retired one number before.',
      noChange(world),
      { statement: 'number-retired' },
      {
        ...withRegistry({ throughNumber }),
      },
    ),
    bad(
      'code-mismatch',
      'The trust file names other code.',
      noChange(world),
      { account: 'code-mismatch', status: 'code-mismatch' },
      {
        ...withRegistry({ codeHash: toHex0x(seeded('other code')) }),
      },
    ),
    bad(
      'header-before-registry',
      'The registry is younger than the block.',
      noChange(world),
      { header: 'header-before-registry' },
      {
        ...withRegistry({ fromBlock: '1204' }),
      },
    ),
    bad('validator-set-unknown', 'No validator set that early.', noChange(world), everywhere('validator-set-unknown'), {
      ...withSets(sets.unknown),
    }),
    bad(
      'validator-set-smaller',
      'The trust file names one validator less.',
      noChange(world),
      everywhere('validator-set-mismatch'),
      {
        ...withSets(sets.later),
      },
    ),
  ];
}

export async function inclusion(): Promise<Case[]> {
  const world = await makeWorld();
  const { bundle } = world;
  const { path, index, count } = bundle.inclusion;
  const withInclusion = (change: object): [World, Bundle] => [
    world,
    { ...bundle, inclusion: { ...bundle.inclusion, ...change } },
  ];
  const [first = '', ...others] = path;
  const flipped = `${first.startsWith('0') ? '1' : '0'}${first.slice(1)}`;
  const fails = (code: CheckCode): Failures => ({ inclusion: code });
  return [
    bad(
      'count-mismatch',
      'A path for a batch of another size.',
      withInclusion({ count: count + 1 }),
      fails('count-mismatch'),
    ),
    bad(
      'index-out-of-range',
      'A place after the last leaf.',
      withInclusion({ index: count }),
      fails('index-out-of-range'),
    ),
    bad(
      'number-mismatch',
      'The place of another number.',
      withInclusion({ index: index + 1 }),
      fails('number-mismatch'),
    ),
    bad('path-short', 'A node missing from the path.', withInclusion({ path: others }), fails('path-length')),
    bad('path-long', 'A node too many.', withInclusion({ path: [...path, first] }), fails('path-length')),
    bad(
      'path-other-node',
      'Another node on the path.',
      withInclusion({ path: [flipped, ...others] }),
      fails('root-mismatch'),
    ),
    bad(
      'path-swapped',
      'Two nodes of the path swapped.',
      withInclusion({ path: path.toReversed() }),
      fails('root-mismatch'),
    ),
  ];
}

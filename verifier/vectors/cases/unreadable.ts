// Files that cannot be read: each step of reading, for bundles, absence proofs and trust files.
import { canonicalText, type ReadingCode, type TrustCode } from '../../src/index.ts';
import type { Case } from '../support/case.ts';
import { makeAbsence, makeTrust, makeWorld } from '../support/world.ts';

export async function unreadableCases(): Promise<Case[]> {
  const world = await makeWorld();
  const text = canonicalText(world.bundle);
  const trust = canonicalText(makeTrust(world));
  return [
    ...(await texts(text)),
    ...members(text),
    ...(await absences()),
    ...trustTexts(text, trust),
    ...trustMembers(text, trust),
  ];
}

async function texts(good: string): Promise<Case[]> {
  const bytes = new TextEncoder().encode(good);
  const ofVersion = (version: number) => good.replace('proof+json;v=1', `proof+json;v=${version}`);
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
  return [
    unreadable('too-large', 'A byte more than a mebibyte.', good, 'too-large', { padTo: 1_048_577 }),
    unreadable('empty', 'Nothing.', '', 'not-json'),
    unreadable(
      'not-utf8',
      'A byte that is not UTF-8.',
      Uint8Array.from([...bytes.slice(0, -2), 0xff, ...bytes.slice(-2)]),
      'not-json',
    ),
    unreadable('byte-order-mark', 'A byte order mark.', `\ufeff${good}`, 'not-json'),
    unreadable('cut-short', 'The last brace missing.', good.slice(0, -1), 'not-json'),
    unreadable('trailing', 'Something after the end.', `${good}{}`, 'not-json'),
    unreadable('lone-surrogate', 'An escaped lone surrogate.', good.replace('鹤华', '\\ud800'), 'not-json'),
    unreadable('comment', 'A comment.', good.replace('{', '{/* */'), 'not-json'),
    unreadable('too-deep', 'Thirty-three arrays in one another.', deep(33), 'too-deep'),
    unreadable('depth-32', 'Thirty-two are read, and are no bundle.', deep(32), 'unknown-media-type'),
    unreadable('deep-and-cut', 'Too deep and not JSON: the graver defect counts.', deep(40).slice(0, -1), 'not-json'),
    unreadable('deep-and-repeated', 'Too deep and a repeated name.', `{"a":1,"a":${deep(40)}}`, 'too-deep'),
    unreadable('repeated-name', 'A member twice.', good.replace('{', '{"anchor":1,'), 'not-canonical'),
    unreadable('repeated-escaped', 'A member twice, once with an escape.', '{"a":1,"\\u0061":2}', 'not-canonical'),
    unreadable('repeated-proto', 'A member named __proto__ twice.', '{"__proto__":1,"__proto__":2}', 'not-canonical'),
    unreadable('white-space', 'A line feed at the end.', `${good}\n`, 'not-canonical'),
    unreadable('unsorted', 'Members in another order.', good.replace('{', '{"z":0,'), 'not-canonical'),
    unreadable('needless-escape', 'A character written as an escape.', good.replace('鹤', '\\u9e64'), 'not-canonical'),
    unreadable('fraction', 'A number that is no integer.', good.replace('"index":2', '"index":2.5'), 'not-canonical'),
    unreadable(
      'exponent',
      'An integer written with an exponent.',
      good.replace('"index":2', '"index":2e0'),
      'not-canonical',
    ),
    unreadable('minus-zero', 'Minus zero.', good.replace('"index":2', '"index":-0'), 'not-canonical'),
    unreadable(
      'unsafe-integer',
      'An integer beyond 2^53.',
      good.replace('"index":2', '"index":9007199254740993'),
      'not-canonical',
    ),
    unreadable('a-number', 'A number instead of an object.', '7', 'unknown-media-type'),
    unreadable('no-media-type', 'No media type.', '{}', 'unknown-media-type'),
    unreadable('version-2', 'A later version.', ofVersion(2), 'unknown-media-type', { judgedAs: ofVersion(3) }),
  ];
}

function members(good: string): Case[] {
  const changes: [string, string, string | RegExp, string][] = [
    ['unknown-member', 'A member that no rule names.', '"hints":{', '"hint":1,"hints":{'],
    ['missing-member', 'No index.', '"index":2,', ''],
    ['null-member', 'A member that is null.', /"sm3":"[0-9a-f]+"/, '"sm3":null'],
    ['upper-case-hex', 'An upper-case digit.', /"root":"[0-9a-f]{64}"/, `"root":"${'A'.repeat(64)}"`],
    ['prefixed-digest', 'A digest with a prefix.', /"root":"[0-9a-f]{64}"/, `"root":"0x${'a'.repeat(62)}"`],
    ['mixed-case-address', 'An address with capitals.', /"contract":"0x[0-9a-f]{2}/, '"contract":"0xAB'],
    ['leading-zero', 'A decimal with a leading zero.', '"id":"7"', '"id":"07"'],
    ['id-zero', 'A batch id of zero.', '"id":"7"', '"id":"0"'],
    ['number-as-number', 'A decimal written as a number.', '"id":"7"', '"id":7'],
    ['number-too-large', 'A decimal of 2^64.', '"id":"7"', '"id":"18446744073709551616"'],
    ['unknown-kind', 'A kind that does not exist.', '"kind":"attestation"', '"kind":"attestations"'],
    ['count-zero', 'A batch of none.', '"count":5,"index"', '"count":0,"index"'],
    ['count-too-large', 'A batch of more than 2^20.', '"count":5,"index"', '"count":1048577,"index"'],
    ['index-negative', 'A negative place.', '"index":2', '"index":-1'],
    ['no-such-day', 'The thirtieth of February.', /"receivedAt":"2026-11-22/, '"receivedAt":"2026-02-30'],
    ['hour-24', 'An hour of 24.', /"receivedAt":"2026-11-22T06/, '"receivedAt":"2026-11-22T24'],
    ['second-60', 'A leap second.', /"receivedAt":"2026-11-22T06:00:01/, '"receivedAt":"2026-11-22T06:00:60'],
    [
      'no-milliseconds',
      'A time without milliseconds.',
      /"receivedAt":"2026-11-22T06:00:01\.123Z/,
      '"receivedAt":"2026-11-22T06:00:01Z',
    ],
    ['before-1970', 'A time before 1970.', /"receivedAt":"2026/, '"receivedAt":"1969'],
    ['odd-hex', 'Half a byte.', '"headerRlp":"0xf9', '"headerRlp":"0x9'],
    ['no-bytes', 'An empty header.', /"headerRlp":"0x[0-9a-f]+"/, '"headerRlp":"0x"'],
    [
      'header-too-long',
      'A header of 16,385 bytes.',
      /"headerRlp":"0x[0-9a-f]+"/,
      `"headerRlp":"0x${'00'.repeat(16_385)}"`,
    ],
    [
      'node-too-long',
      'A trie node of 1,025 bytes.',
      /"accountProof":\["0x[0-9a-f]+"/,
      `"accountProof":["0x${'00'.repeat(1_025)}"`,
    ],
    ['no-nodes', 'No trie nodes.', /"accountProof":\[[^\]]+\]/, '"accountProof":[]'],
    [
      'too-many-nodes',
      'Sixty-five trie nodes.',
      /"accountProof":\[[^\]]+\]/,
      `"accountProof":[${Array(65).fill('"0x80"').join()}]`,
    ],
    [
      'path-too-long',
      'A path of 33.',
      /"path":\[[^\]]*\]/,
      `"path":[${Array(33)
        .fill(`"${'0'.repeat(64)}"`)
        .join()}]`,
    ],
    ['no-manifest', 'Sections without a manifest.', /"manifest":\{.*?\},"mediaType"/, '"mediaType"'],
    ['section-twice', 'A section twice.', '"name":"work","salt"', '"name":"files","salt"'],
    ['section-name', 'A section name with a capital.', '"name":"work","salt"', '"name":"Work","salt"'],
    ['file-without-size', 'A listed file without its size.', /"size":"\d+",?/, ''],
    ['salt-short', 'A salt of 31 bytes.', /"salt":"[0-9a-f]{2}/, '"salt":"'],
    ['proto-member', 'A member named __proto__.', '"anchor":{', '"__proto__":{},"anchor":{'],
  ];
  const witness = (token: string) => good.replace(/\}$/, `,"witnesses":[{"kind":"rfc3161","token":"${token}"}]}`);
  const cases = changes.map(([name, about, from, to]) =>
    unreadable(name, about, replaced(good, from, to), 'malformed'),
  );
  return [
    ...cases,
    unreadable(
      'sections-out-of-order',
      'Sections in another order than the manifest’s.',
      sectionsSwapped(good),
      'malformed',
    ),
    unreadable('base64-padding-bits', 'Base64 with bits left over.', witness('MIIBhx=='), 'malformed'),
    unreadable('base64-unpadded', 'Base64 without padding.', witness('MIIBhw'), 'malformed'),
    unreadable('base64-empty', 'An empty token.', witness(''), 'malformed'),
  ];
}

async function absences(): Promise<Case[]> {
  const world = await makeWorld();
  const absence = canonicalText(makeAbsence(world, world.spec.nextNumber));
  const shared = { subject: 'absence' as const };
  return [
    unreadable(
      'absence-too-deep',
      'An absence proof with deep arrays.',
      '['.repeat(50) + ']'.repeat(50),
      'too-deep',
      shared,
    ),
    unreadable(
      'absence-unknown-member',
      'An absence proof with hints.',
      absence.replace('"mediaType"', '"hints":{},"mediaType"'),
      'malformed',
      shared,
    ),
    unreadable(
      'absence-number-zero',
      'The number zero.',
      replaced(absence, /"number":"\d+"/, '"number":"0"'),
      'malformed',
      shared,
    ),
    unreadable(
      'bundle-as-absence',
      'A bundle read as an absence proof.',
      canonicalText(world.bundle),
      'unknown-media-type',
      shared,
    ),
    unreadable('absence-as-bundle', 'An absence proof read as a bundle.', absence, 'unknown-media-type'),
  ];
}

function trustTexts(file: string, good: string): Case[] {
  const one = (name: string, about: string, trust: string, error: TrustCode, more: Partial<Case> = {}): Case =>
    unreadable(`trust-${name}`, about, file, error, { trust, ...more });
  return [
    one('too-large', 'A trust file of more than a mebibyte.', good, 'trust-too-large', { trustPadTo: 1_048_577 }),
    one('not-json', 'A trust file that is no JSON.', '{', 'trust-not-json'),
    one('too-deep', 'A trust file too deep.', '['.repeat(33) + ']'.repeat(33), 'trust-too-deep'),
    one('repeated-name', 'A trust file with a member twice.', good.replace('{', '{"name":"x",'), 'trust-malformed'),
    one('fraction', 'A trust file with a fraction.', '{"mediaType":1.5}', 'trust-malformed'),
    one('media-type', 'A bundle for a trust file.', file, 'trust-malformed'),
    {
      name: 'good/trust-any-layout',
      about: 'A trust file laid out for people.',
      file,
      trust: JSON.stringify(JSON.parse(good), null, 2),
      verdict: 'verified',
    },
  ];
}

function trustMembers(file: string, good: string): Case[] {
  const changes: [string, string, string | RegExp, string][] = [
    ['unknown-member', 'A member that no rule names.', '"name":"Made', '"nam":1,"name":"Made'],
    ['no-networks', 'No network.', /"networks":\[.*\],"timestamp/, '"networks":[],"timestamp'],
    [
      'qbft-without-validators',
      'A sealed network without validators.',
      /"validatorSets":\[.*\]\}\],"time/,
      '"validatorSets":[]}],"time',
    ],
    ['none-with-validators', 'An unsealed network with validators.', '"consensus":"qbft"', '"consensus":"none"'],
    ['unknown-consensus', 'A consensus that does not exist.', '"consensus":"qbft"', '"consensus":"ibft"'],
    [
      'validator-twice',
      'A validator twice in a set.',
      /(\{"address":"0x[0-9a-f]+","organisation":"Office 1"\})/,
      '$1,$1',
    ],
    [
      'sets-not-rising',
      'Two sets from one block.',
      /"validatorSets":\[(.*)\]\}\],"time/,
      '"validatorSets":[$1,$1]}],"time',
    ],
    [
      'no-certificate',
      'A time-stamp authority that is no certificate.',
      '"timestampAuthorities":[]',
      '"timestampAuthorities":["MII"]',
    ],
    ['name-empty', 'A trust file without a name.', /"name":"Made[^"]*"/, '"name":""'],
    [
      'validator-shared',
      'Two networks sealed by the same keys.',
      /"networks":\[(.*"chainId":")(\d+)(".*)\],"time/,
      '"networks":[$1$2$3,$11$3],"time',
    ],
  ];
  return changes.map(([name, about, from, to]) =>
    unreadable(`trust-${name}`, about, file, 'trust-malformed', { trust: replaced(good, from, to) }),
  );
}

function unreadable(
  name: string,
  about: string,
  file: string | Uint8Array,
  error: ReadingCode | TrustCode,
  more: Partial<Case> = {},
): Case {
  return { name: `unreadable/${name}`, about, file, verdict: 'not-verified', error, ...more };
}

// A change that changes nothing would make a case that shows nothing.
function replaced(text: string, from: string | RegExp, to: string): string {
  const changed = text.replace(from, to);
  if (changed === text) throw new RangeError(`nothing to replace: ${from}`);
  return changed;
}

function sectionsSwapped(text: string): string {
  const bundle = JSON.parse(text);
  return canonicalText({ ...bundle, sections: bundle.sections.toReversed() });
}

// SPDX-License-Identifier: Apache-2.0
// The documents and the program list the same codes and settings, both ways.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { sampleOf } from '../../test/support/message-samples.ts';
import { environmentSchema } from './config.ts';
import { codeText } from './delivery/sms-provider.ts';
import { ERROR_CODES, FIELD_CODES, START_CODES } from './errors.ts';
import { PROBLEMS } from './http/problems.ts';
import { KINDS, smsKinds } from './notifications/kinds.ts';
import { PLAIN_NOTICES } from './sms-notices.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');

describe('docs/errors.md', () => {
  let http: string;
  let start: string;
  before(async () => {
    const text = await readFile(path.join(ROOT, 'docs/errors.md'), 'utf8');
    const section = /<!-- portal -->(.*)<!-- \/portal -->/s.exec(text)?.[1] ?? '';
    [http = '', start = ''] = section.split(/^## .*at start$/m);
  });

  it("lists every code of the portal's answers with its status", () => {
    const rows = [...http.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => `${code} ${status}`);
    expect(rows).to.deep.equal(ERROR_CODES.map((code) => `${code} ${PROBLEMS[code].status}`));
  });

  it('lists every code of a field', () => {
    const line = /^Codes of single fields.*$/m.exec(http)?.[0] ?? '';
    expect([...line.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code)).to.deep.equal([...FIELD_CODES]);
  });

  it('lists every code of a refused start', () => {
    expect([...start.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code)).to.deep.equal([...START_CODES]);
  });
});

describe('docs/configuration.md', () => {
  it("lists exactly the portal's settings, with their defaults and meanings", async () => {
    const [, section = ''] = (await readFile(path.join(ROOT, 'docs/configuration.md'), 'utf8')).split(/^## Portal$/m);
    const rows = [...(section.split(/^## /m)[0]?.matchAll(/^\| `(\w+)` \| (.*?) \| (.*) \|$/gm) ?? [])];
    expect(rows.map(([, name, given, meaning]) => [name, given, meaning])).to.deep.equal(
      Object.entries(environmentSchema.shape).map(([name, schema]) => [
        name,
        defaultOf(name as keyof typeof environmentSchema.shape),
        schema.description?.replaceAll('|', '\\|'),
      ]),
    );
  });
});

describe('docs/compliance.md', () => {
  it('names only settings that there are', async () => {
    const [text, configuration] = await Promise.all(
      ['compliance', 'configuration'].map((name) => readFile(path.join(ROOT, `docs/${name}.md`), 'utf8')),
    );
    const named = [...(text?.matchAll(/`([A-Z]+(?:_[A-Z]+)+)(?:=\w+)?`/g) ?? [])].map(([, name]) => name ?? '');
    expect(named).to.include('STAFF_SECURITY');
    expect(named.filter((name) => !configuration?.includes(`\`${name}\``))).to.deep.equal([]);
  });
});

describe('docs/sms-templates.md', () => {
  it('lists the template of every text message in each language', async () => {
    const text = await readFile(path.join(ROOT, 'docs/sms-templates.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `([\w.-]+)` \| (.*) \|$/gm)].map(([, key, template]) => [key, template]);
    expect(rows).to.deep.equal(TEMPLATES);
  });
});

/** Of each key in the file of an account, as the services are asked to approve them. */
const TEMPLATES = [
  ['code', codeText('').template],
  ...Object.entries(PLAIN_NOTICES).map(([key, { template }]) => [key, template]),
  ...smsKinds().flatMap((kind) => {
    const templateIn = (language: 'zh' | 'en') =>
      KINDS[kind].textOf(language, sampleOf(KINDS[kind].data)).sms?.template;
    return [
      [kind, templateIn('zh')],
      [`${kind}.en`, templateIn('en')],
    ];
  }),
];

/** What the schema makes of nothing; a folder of ours is written as seen from the root. */
function defaultOf(name: keyof typeof environmentSchema.shape): string {
  const parsed = environmentSchema.shape[name].safeParse(undefined);
  if (!parsed.success) return 'required';
  return parsed.data === undefined ? '–' : `\`${String(parsed.data).replace(`${ROOT}${path.sep}`, '')}\``;
}

// SPDX-License-Identifier: Apache-2.0
// A page of the archive: one file that loads nothing, with Chinese and English on it.
import { createHash } from 'node:crypto';
import { escaped } from '../../verifier/src/audit/page.ts';

const STYLE = `
body { font: 16px/1.6 "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1a1a1a; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 1.5rem 0 .4rem; }
a { color: #1d4f91; } code { font: .85em/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: 1rem 0; }
label { flex: 1 1 16rem; } input { display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .4rem; }
button { font: inherit; padding: .4rem 1.2rem; }
article { border-top: 1px solid #ccc; padding: .5rem; } article:target { background: #fff6d6; }
article h2 { margin: 0; font-size: 1rem; } article p { margin: .2rem 0; } .revoked { color: #a4161a; font-weight: bold; }
section + section { border-top: 2px solid #999; margin-top: 2rem; padding-top: 1rem; }
ul.pages { columns: 20rem; } [hidden] { display: none; }
@media print { body { margin: 0; max-width: none; } form { display: none; } }`;

export const PAGE_END = '</body></html>\n';

/** Everything before the body's content. `script` is the one that the page may run. */
export function pageOpening(title: string, script?: string): string {
  const mayRun = script === undefined ? '' : `; script-src 'sha256-${digestOf(script)}'`;
  return [
    '<!doctype html>',
    '<html lang="zh-Hans"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'${mayRun}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title><style>${STYLE}</style></head><body>\n`,
  ].join('\n');
}

const digestOf = (script: string): string => createHash('sha256').update(script).digest('base64');

// Who countersigned, and how a court checks that with OpenSSL alone.
import type { Facts, Report, WitnessFact } from '../src/index.ts';
import type { Catalogue, Label } from './catalogue.ts';
import { withTimes } from './times.ts';

/** A line for the earliest trusted time, and one for each token that holds: label and text, not yet printable. */
export function witnessFacts({ witnesses = [], witnessedNoLaterThan }: Facts, catalogue: Catalogue): [Label, string][] {
  const { labels, language, marks } = catalogue;
  const named = ({ time, authority }: WitnessFact) =>
    withTimes(time, language) + marks.comma + (authority ? authority.name : labels['no-authority']);
  return [
    ...(witnessedNoLaterThan === undefined
      ? []
      : [['witnessed', withTimes(witnessedNoLaterThan, language)] satisfies [Label, string]]),
    ...witnesses.map((one): [Label, string] => [one.kind === 'renewal' ? 'renewal' : 'witness', named(one)]),
  ];
}

/** The commands of a shell that check the earliest trusted token; none where no token is trusted. */
export function courtCommands({ facts, checks }: Report): string[] {
  const { witnesses = [], witnessedNoLaterThan } = facts ?? {};
  const root = checks.find(({ name }) => name === 'inclusion')?.found;
  const place = witnesses.findIndex(({ authority, kind, time }) => isEarliest(kind, time) && authority);
  if (witnessedNoLaterThan === undefined || root === undefined || place < 0) return [];
  // Octal escapes and no `xxd`: every shell has them.
  const bytes = (root.match(/../g) ?? []).map((hex) => `\\${Number.parseInt(hex, 16).toString(8).padStart(3, '0')}`);
  const token = `token-${place + 1}.der`;
  const seconds = Math.floor(Date.parse(witnessedNoLaterThan) / 1000);
  return [
    `printf '${bytes.join('')}' > root.bin`,
    `sed 's/.*"witnesses":\\[//' proof.json | grep -o '"token":"[^"]*"' | sed -n ${place + 1}p | cut -d'"' -f4 | openssl base64 -d -A > ${token}`,
    `openssl ts -verify -data root.bin -in ${token} -token_in -CAfile authority.pem -partial_chain -attime ${seconds}`,
  ];

  function isEarliest(kind: WitnessFact['kind'], time: string): boolean {
    return kind === 'rfc3161' && time === witnessedNoLaterThan;
  }
}

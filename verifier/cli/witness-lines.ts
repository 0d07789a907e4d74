// Who countersigned, and how a court checks that with OpenSSL alone.
import { type Facts, type Report, type TokenFact, trustedTimeOf, type WitnessFact } from '../src/index.ts';
import type { Catalogue, Label } from './catalogue.ts';
import { withTimes } from './times.ts';

/** A line for the earliest trusted time, and one for each witness that was judged: label and text, not yet printable. */
export function witnessFacts({ witnesses = [], witnessedNoLaterThan }: Facts, catalogue: Catalogue): [Label, string][] {
  const { language } = catalogue;
  return [
    ...(witnessedNoLaterThan === undefined
      ? []
      : [['witnessed', withTimes(witnessedNoLaterThan, language)] satisfies [Label, string]]),
    ...witnesses.map((one): [Label, string] => [
      one.kind === 'renewal' ? 'renewal' : 'witness',
      witnessText(one, catalogue),
    ]),
  ];
}

function witnessText(fact: WitnessFact, { labels, language, marks, phrase }: Catalogue): string {
  const timed = (time: string, whose: string) => withTimes(time, language) + marks.comma + whose;
  if (fact.kind !== 'chain') return timed(fact.time, fact.authority?.name ?? labels['no-authority']);
  const named = `${fact.contract} on chain ${fact.chainId}`;
  const whose = phrase(named) ?? named;
  if (fact.time !== undefined) return timed(fact.time, whose);
  return whose + marks.comma + labels[fact.standing === 'own-chain' ? 'own-chain' : 'no-chain'];
}

/** The commands of a shell that check the earliest trusted token; none where no token is trusted. */
export function courtCommands({ facts, checks }: Report): string[] {
  const { witnesses = [], witnessedNoLaterThan } = facts ?? {};
  const root = checks.find(({ name }) => name === 'inclusion')?.found;
  const tokens = witnesses.filter((fact): fact is TokenFact => fact.kind !== 'chain');
  const times = tokens.map((fact) => (fact.kind === 'rfc3161' ? trustedTimeOf(fact) : undefined));
  const [earliest] = times.flatMap((time) => time ?? []).sort();
  if (witnessedNoLaterThan === undefined || root === undefined || earliest === undefined) return [];
  // Octal escapes and no `xxd`: every shell has them.
  const bytes = (root.match(/../g) ?? []).map((hex) => `\\${Number.parseInt(hex, 16).toString(8).padStart(3, '0')}`);
  const place = times.indexOf(earliest) + 1;
  const token = `token-${place}.der`;
  const seconds = Math.floor(Date.parse(earliest) / 1000);
  return [
    `printf '${bytes.join('')}' > root.bin`,
    `sed 's/.*"witnesses":\\[//' proof.json | grep -o '"token":"[^"]*"' | sed -n ${place}p | cut -d'"' -f4 | openssl base64 -d -A > ${token}`,
    `openssl ts -verify -data root.bin -in ${token} -token_in -CAfile authority.pem -partial_chain -attime ${seconds}`,
  ];
}

// SPDX-License-Identifier: Apache-2.0
// A file that differs beside the listed one it was most likely meant to be.
import type { FileDigest } from '@inkseal/verifier';
import { fill } from '../../i18n/fill.ts';
import { Hex } from '../../ui/digits.tsx';
import { formatCount, shortName } from '../../ui/format.ts';
import { nearestTo } from '../nearest.ts';
import type { Texts } from '../texts/index.ts';
import { listedOf, type Verification } from '../verification.ts';

export function ComparisonView({ verification, texts }: { verification: Verification; texts: Texts }) {
  const { page } = texts;
  const listed = listedOf(verification.bundle) ?? [];
  const other = differingFile(verification);
  const nearest = other && nearestTo(other, listed);
  if (!other || !nearest) return null;
  const sides = { left: page.compared, right: page.chosen };
  const difference = BigInt(other.size) - BigInt(nearest.size);
  return (
    <div className="comparison">
      {listed.length > 1 && (
        <p>{fill(page.comparedWithAll, { n: String(listed.length), name: shortName(nearest.name, 40) })}</p>
      )}
      <div className="comparison-head">
        <span />
        <span>{page.compared}</span>
        <span>{page.chosen}</span>
      </div>
      <Row {...sides} name={page.fileName} was={shortName(nearest.name, 40)}>
        {shortName(other.name ?? '', 40)}
        {page.nameIgnored}
      </Row>
      <Row {...sides} name={page.size} was={fill(page.bytes, { n: formatCount(nearest.size) })}>
        <b>{fill(page.bytes, { n: formatCount(other.size) })}</b>
        {difference !== 0n &&
          fill(difference < 0n ? page.fewer : page.more, {
            n: formatCount(difference < 0n ? -difference : difference),
          })}
      </Row>
      <Row {...sides} name="SHA-256" was={<Hex value={nearest.sha256} texts={page} />}>
        <b>
          <Hex value={other.sha256} texts={page} />
        </b>
      </Row>
    </div>
  );
}

interface RowProps {
  readonly name: string;
  /** Said before the values where there are no columns. */
  readonly left: string;
  readonly right: string;
  readonly was: React.ReactNode;
  readonly children: React.ReactNode;
}

function Row({ name, left, right, was, children }: RowProps) {
  return (
    <div>
      <span>{name}</span>
      <span data-side={left}>{was}</span>
      <span data-side={right}>{children}</span>
    </div>
  );
}

function differingFile({ files, report }: Verification): FileDigest | undefined {
  const place = report.facts?.files.findIndex(({ outcome }) => outcome === 'mismatch') ?? -1;
  return place < 0 ? undefined : files[place];
}

// SPDX-License-Identifier: Apache-2.0
// The registry's own part: which validators signed, which witnesses there are, and the newest batches with their proofs.
import type { components } from '../../api/schema.gen.ts';
import { Hex } from '../../ui/digits.tsx';
import { formatCount, formatTime } from '../../ui/format.ts';
import { TableHead } from './parts.tsx';
import { useTransparencyWords } from './words.ts';

/** The feeds have more. */
const SHOWN = 20;

type Registry = components['schemas']['PublicRegistry'];

export function RegistrySections({ registry }: { registry: Registry }) {
  return (
    <>
      <Validators proven={registry.proven} />
      <Witnesses witnesses={registry.witnesses} />
      <Batches batches={registry.newest} />
      {registry.burned.numbers > 0 && <Burned ranges={registry.burned.ranges} />}
    </>
  );
}

function Validators({ proven }: Pick<Registry, 'proven'>) {
  const words = useTransparencyWords();
  return (
    <section>
      <h2>{words.validators}</h2>
      {!proven && <p>{words.noBlock}</p>}
      {proven && proven.validators.length === 0 && <p>{words.noValidators}</p>}
      {proven && proven.validators.length > 0 && (
        <>
          <p>{words.proven(proven.block)}</p>
          <ul className="transparency-validators">
            {proven.validators.map(({ address, organisation, hasSigned }) => (
              <li key={address}>
                <span>
                  {organisation && <b>{organisation}</b>} <Hex value={address} texts={words.copy} />
                </span>
                <span className={hasSigned ? 'has-signed' : 'muted'}>
                  {hasSigned ? words.hasSigned : words.hasNotSigned}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Witnesses({ witnesses }: Pick<Registry, 'witnesses'>) {
  const words = useTransparencyWords();
  const [authority, tokens, missing, last] = words.witnessColumns;
  return (
    <section>
      <h2>{words.witnesses}</h2>
      <p>{witnesses.length > 0 ? words.witnessNote : words.noWitnesses}</p>
      {witnesses.length > 0 && (
        <table className="transparency-table">
          <TableHead columns={words.witnessColumns} />
          <tbody>
            {witnesses.map((witness) => (
              <tr key={witness.authority}>
                <td data-label={authority}>{witness.authority}</td>
                <td data-label={tokens}>{formatCount(witness.tokens)}</td>
                <td data-label={missing}>{formatCount(witness.missing)}</td>
                <td data-label={last}>{witness.lastTokenAt ? formatTime(witness.lastTokenAt) : words.none}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Batches({ batches }: { batches: Registry['newest'] }) {
  const words = useTransparencyWords();
  const [id, numbers, closed, root, block, state] = words.batchColumns;
  return (
    <section>
      <h2>{words.newest}</h2>
      {batches.length === 0 && <p>{words.noBatches}</p>}
      {batches.length > 0 && (
        <table className="transparency-table">
          <TableHead columns={words.batchColumns} />
          <tbody>
            {batches.slice(0, SHOWN).map((batch) => (
              <tr key={batch.id} id={`batch-${batch.id}`}>
                <td data-label={id}>{batch.id}</td>
                <td data-label={numbers}>{rangeOf(batch)}</td>
                <td data-label={closed}>{formatTime(batch.closedAt)}</td>
                <td data-label={root}>
                  <Hex value={batch.root} texts={words.copy} />
                </td>
                <td data-label={block}>{batch.block ?? words.none}</td>
                <td data-label={state}>
                  <State batch={batch} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Burned({ ranges }: Pick<Registry['burned'], 'ranges'>) {
  const words = useTransparencyWords();
  const [numbers, count, accepted] = words.burnedColumns;
  return (
    <section>
      <h2>{words.burned}</h2>
      <p>{words.burnedNote}</p>
      <table className="transparency-table">
        <TableHead columns={words.burnedColumns} />
        <tbody>
          {ranges.map((range) => (
            <tr key={range.firstNumber}>
              <td data-label={numbers}>{rangeOf(range)}</td>
              <td data-label={count}>{formatCount(range.count)}</td>
              <td data-label={accepted}>{formatTime(range.acceptedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function State({ batch: { id, isFinal } }: { batch: Registry['newest'][number] }) {
  const words = useTransparencyWords();
  if (!isFinal) return <span>{words.isWaiting}</span>;
  return (
    <span>
      {words.isFinal}{' '}
      <a href={`/api/v1/transparency/batches/${id}/proof`} download aria-label={words.proofOf(id)}>
        {words.proof}
      </a>
    </span>
  );
}

/** `100000000000000101` or `100000000000000101–105`: the last digits of the last number. */
function rangeOf({ firstNumber, count }: Pick<Registry['newest'][number], 'firstNumber' | 'count'>): string {
  if (count === 1) return firstNumber;
  const last = String(BigInt(firstNumber) + BigInt(count) - 1n);
  const differs = [...last].findIndex((digit, place) => digit !== firstNumber[place]);
  return `${firstNumber}–${last.length === firstNumber.length ? last.slice(Math.min(differs, last.length - 3)) : last}`;
}

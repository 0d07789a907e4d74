// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import type { RightHolder } from '../../api/right-holders.ts';
import { fill } from '../../i18n/fill.ts';
import { useKitText } from '../../kit/i18n.ts';
import { TableHead } from '../../kit/table-head.tsx';
import { useHolderText } from './i18n.ts';

interface HolderRowsProps {
  holders: readonly RightHolder[];
  onArchive: (holder: RightHolder) => void;
}

/** A table; on a telephone its rows are cards. */
export function HolderRows({ holders, onArchive }: HolderRowsProps) {
  const text = useHolderText();
  return (
    <table className="rows holder-rows" aria-label={text.list}>
      <TableHead columns={Object.values(text.column)} />
      <tbody>
        {holders.map((holder) => (
          <Row key={holder.id} holder={holder} onArchive={onArchive} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ holder, onArchive }: { holder: RightHolder } & Pick<HolderRowsProps, 'onArchive'>) {
  const text = useHolderText();
  const { comma } = useKitText();
  const { id, name, roles, nature, documentType, documentNumber, contactPhone, isArchived } = holder;
  const archive = isArchived ? text.restore : text.archive;
  return (
    <tr>
      <td data-label={text.column.name}>
        <span>
          {name} {holder.isSelf && <small>{holder.nature === 'ORGANISATION' ? text.isUs : text.me}</small>}
        </span>
      </td>
      <td data-label={text.column.roles}>{roles.map((role) => text.roleNames[role]).join(comma)}</td>
      <td data-label={text.column.nature}>{text.natures[nature]}</td>
      <td data-label={text.column.document}>
        <span>
          {text.documentTypes[documentType]} <small>{documentNumber}</small>
          {holder.isCodeUnchecked && <small className="overdue"> {text.codeUnchecked}</small>}
        </span>
      </td>
      <td data-label={text.column.phone}>{contactPhone}</td>
      <td data-label={text.column.validity}>
        <Validity holder={holder} />
      </td>
      <td data-label={text.column.action}>
        <span className="actions">
          <Link to={`/member/people/${id}`} aria-label={`${text.editShort} ${name}`}>
            {text.editShort}
          </Link>
          <button
            type="button"
            className="link-button"
            aria-label={`${archive} ${name}`}
            onClick={() => onArchive(holder)}
          >
            {archive}
          </button>
        </span>
      </td>
    </tr>
  );
}

function Validity({ holder: { validUntil, documentState } }: { holder: RightHolder }) {
  const text = useHolderText();
  if (validUntil === null) return <span>{text.permanentShort}</span>;
  return (
    <span className={documentState === 'VALID' ? undefined : 'overdue'}>
      {fill(text.until, { day: validUntil })}
      {documentState !== 'VALID' && <small> {text.states[documentState]}</small>}
    </span>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from 'antd';
import { Link } from 'react-router';
import { link } from '../../api/client.ts';
import type { WorkSummary } from '../../api/works.ts';
import { fill } from '../../i18n/fill.ts';
import { Moment } from '../../kit/moment.tsx';
import { Picture } from '../../kit/picture.tsx';
import { Rows } from '../../kit/rows.tsx';
import { AttestLink } from './attest-link.tsx';
import { useWorksText } from './i18n.ts';
import { RegisterLink } from './register-link.tsx';

interface WorkRowsProps {
  works: readonly WorkSummary[];
  chosen: readonly string[];
  /** Changes the choice as it is by then. */
  onChoose: (edit: (last: readonly string[]) => readonly string[]) => void;
  onRemove: (id: string) => void;
}

/** An order in one of these holds the content as it is. */
const HOLDING = ['SUBMITTED', 'AWAITING_PAYMENT', 'PAID', 'UNDER_REVIEW', 'APPROVED', 'ANCHORING'];
export const isHeld = ({ attestation }: WorkSummary) => attestation !== null && HOLDING.includes(attestation.state);

export function WorkRows({ works, chosen, onChoose, onRemove }: WorkRowsProps) {
  const text = useWorksText();
  const free = works.filter((work) => !isHeld(work)).map(({ id }) => id);
  const toggle = (id: string) =>
    onChoose((last) => (last.includes(id) ? last.filter((each) => each !== id) : [...last, id]));
  const { select, ...columns } = text.column;
  return (
    <Rows
      label={text.worksTitle}
      columns={Object.values(columns)}
      selectAll={text.selectAll}
      isAllChosen={free.length > 0 && free.every((id) => chosen.includes(id))}
      onAll={(isChosen) => onChoose(() => (isChosen ? free : []))}
    >
      {works.map((work) => (
        <Row key={work.id} work={work} isChosen={chosen.includes(work.id)} {...{ toggle, onRemove }} />
      ))}
    </Rows>
  );
}

interface RowProps {
  work: WorkSummary;
  isChosen: boolean;
  toggle: (id: string) => void;
  onRemove: (id: string) => void;
}

function Row({ work, isChosen, toggle, onRemove }: RowProps) {
  const text = useWorksText();
  const { id, coverUploadId } = work;
  const title = work.title || text.untitled;
  const cover = coverUploadId
    ? link('/works/{id}/files/{uploadId}/thumbnail', { id, uploadId: coverUploadId })
    : undefined;
  return (
    <tr>
      <td data-label={text.column.select}>
        <Checkbox
          aria-label={fill(text.selectOne, { name: title })}
          checked={isChosen}
          disabled={isHeld(work)}
          onChange={() => toggle(id)}
        />
      </td>
      <td data-label={text.column.name} className="work-name">
        <span>
          {title} <small>{fill(text.serial, { number: work.serial })}</small>
        </span>
      </td>
      <td data-label={text.column.cover}>
        <Picture source={cover} />
      </td>
      <td data-label={text.column.attest} className="one-line">
        <AttestLink work={work} />
      </td>
      <td data-label={text.column.register} className="one-line">
        <RegisterLink work={work} />
      </td>
      <td data-label={text.column.published}>
        <Moment at={work.createdAt} />
      </td>
      <td data-label={text.column.action}>
        {isHeld(work) && <span className="small">{text.heldShort}</span>}
        <span className="actions">
          {work.state === 'ARCHIVED' && (
            <Link to={`/member/works/${id}/publication`} aria-label={`${text.publication} ${title}`}>
              {text.publication}
            </Link>
          )}
          {(work.attestation || work.registration) && (
            <Link to={`/member/works/${id}/rights`} aria-label={`${text.rights} ${title}`}>
              {text.rights}
            </Link>
          )}
          {!isHeld(work) && (
            <>
              <Link to={`/member/publish/${id}`} aria-label={`${text.edit} ${title}`}>
                {text.edit}
              </Link>
              <button
                type="button"
                className="link-button"
                aria-label={`${text.remove} ${title}`}
                onClick={() => onRemove(id)}
              >
                {text.remove}
              </button>
            </>
          )}
        </span>
      </td>
    </tr>
  );
}

// SPDX-License-Identifier: Apache-2.0
// 减免: what administrators took off the fees, and when, with what it came to.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { useMe } from '../../api/session.ts';
import { fill } from '../../i18n/fill.ts';
import { Moment } from '../../kit/moment.tsx';
import { formatFen } from '../../kit/money.ts';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { TableHead } from '../../kit/table-head.tsx';
import { WithdrawButton } from '../../kit/withdraw-button.tsx';
import { Main } from '../../ui/skip-link.tsx';
import { DiscountForm } from './discount-form.tsx';
import { type DiscountText, useDiscountText } from './i18n.ts';

type Discount = components['schemas']['Discount'];

export function DiscountsPage() {
  const text = useDiscountText();
  const mayEdit = useMe().data?.roles.includes('admin') ?? false;
  const [made, setMade] = useState<Discount>();
  const discounts = useQuery({
    queryKey: ['staff-discounts'],
    queryFn: ({ signal }) => call('get', '/staff/discounts', { signal }),
  });
  return (
    <Main className="desk-main">
      <PageTitle title={text.title} />
      <p className="desk-lead">{text.lead}</p>
      <div role="status">{made && <p className="notice notice-done">{fill(text.made, { name: made.name })}</p>}</div>
      <Section title={text.list}>
        <Loaded query={discounts}>
          {({ items }) =>
            items.length === 0 ? <p className="muted">{text.none}</p> : <Rows discounts={items} mayEdit={mayEdit} />
          }
        </Loaded>
      </Section>
      {mayEdit && <DiscountForm key={made?.id ?? ''} onMade={setMade} />}
    </Main>
  );
}

function Rows({ discounts, mayEdit }: { discounts: readonly Discount[]; mayEdit: boolean }) {
  const text = useDiscountText();
  return (
    <table className="rows" aria-label={text.list}>
      <TableHead columns={Object.values(text.column)} />
      <tbody>
        {discounts.map((discount) => (
          <Row key={discount.id} discount={discount} mayEdit={mayEdit} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ discount, mayEdit }: { discount: Discount; mayEdit: boolean }) {
  const text = useDiscountText();
  const queries = useQueryClient();
  const { id, name, kind, from, to, perOwner, state, orders, discountFen, note } = discount;
  const mayEnd = mayEdit && (state === 'RUNNING' || state === 'COMING');
  return (
    <tr>
      <td data-label={text.column.name}>{name}</td>
      <td data-label={text.column.off} className="one-line">
        {text.kinds[kind]} {offWords(discount, text)}
      </td>
      <td data-label={text.column.period}>
        <span className="moment">
          <span>{fill(text.fromDay, { from })}</span> <span>{to}</span>
        </span>
      </td>
      <td data-label={text.column.limit}>
        {perOwner === null ? text.anyNumber : fill(text.perOwner, { count: perOwner })}
      </td>
      <td data-label={text.column.state}>
        <div>
          {text.states[state]}
          {mayEnd && (
            <div>
              <WithdrawButton
                text={text}
                withdraw={() => call('post', '/staff/discounts/{id}/end', { params: { id }, body: {} })}
                onDone={() => queries.invalidateQueries({ queryKey: ['staff-discounts'] })}
              />
            </div>
          )}
        </div>
      </td>
      <td data-label={text.column.used}>{fill(text.used, { count: orders, amount: formatFen(discountFen) })}</td>
      <td data-label={text.column.made}>
        <People discount={discount} />
      </td>
      <td data-label={text.column.note}>{note}</td>
    </tr>
  );
}

function People({ discount: { madeBy, madeAt, endedBy, endedAt } }: { discount: Discount }) {
  const text = useDiscountText();
  return (
    <div>
      {madeBy} <Moment at={madeAt} />
      {endedBy && endedAt && (
        <div className="small">
          {text.states.ENDED} {endedBy} <Moment at={endedAt} />
        </div>
      )}
    </div>
  );
}

const offWords = ({ unit, amount }: Discount, text: DiscountText): string =>
  unit === 'PERCENT' ? fill(text.percent, { amount }) : fill(text.fen, { amount: formatFen(amount) });

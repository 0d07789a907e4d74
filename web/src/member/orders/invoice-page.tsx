// SPDX-License-Identifier: Apache-2.0
// 开票信息 of a paid order, until finance has exported it. No invoice is made here.
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { InvoiceForm } from './invoice-form.tsx';
import { useInvoiceText } from './invoice-text.ts';

type Invoice = components['schemas']['InvoiceDetails'];

export const AttestationInvoicePage = () => <InvoicePage kind="attestation" />;
export const RegistrationInvoicePage = () => <InvoicePage kind="registration" />;

const PATHS = {
  attestation: '/attestations/{id}/invoice-details',
  registration: '/registrations/{id}/invoice-details',
} as const;

function InvoicePage({ kind }: { kind: keyof typeof PATHS }) {
  const text = useInvoiceText();
  const { id = '' } = useParams();
  const path = PATHS[kind];
  const invoice = useQuery({
    queryKey: ['invoice-details', id],
    queryFn: ({ signal }) => call('get', path, { params: { id }, signal }),
  });
  return (
    <>
      <PageTitle title={text.title} />
      <p className="notice">{text.lead}</p>
      <Loaded query={invoice}>
        {(found) =>
          found.isOpen ? (
            <InvoiceForm
              initial={found.details}
              save={(body) => call('put', path, { params: { id }, body })}
              remove={() => call('delete', path, { params: { id } })}
              onChanged={invoice.refetch}
            />
          ) : (
            <Closed invoice={found} />
          )
        }
      </Loaded>
      <p>
        <Link to={`/member/${kind}s/${id}`}>{text.back}</Link>
      </p>
    </>
  );
}

function Closed({ invoice: { details, exportedAt } }: { invoice: Invoice }) {
  const text = useInvoiceText();
  return (
    <>
      <p className="notice">{exportedAt ? fill(text.exported, { time: formatTime(exportedAt) }) : text.closed}</p>
      {details && (
        <Section title={text.section}>
          <Facts
            rows={[
              [text.nature, text.natures[details.nature]],
              [text.name, details.name],
              ...(details.taxNumber ? [[text.taxNumber, <code key="code">{details.taxNumber}</code>] as const] : []),
              [text.email, details.email],
              [text.address, details.address || '—'],
              [text.phone, details.phone || '—'],
              [text.bank, details.bank || '—'],
            ]}
          />
        </Section>
      )}
    </>
  );
}

/** On the page of an order that was paid. */
export function InvoiceLink({ kind, id }: { kind: keyof typeof PATHS; id: string }) {
  const text = useInvoiceText();
  return (
    <p>
      <Link to={`/member/${kind}s/${id}/invoice-details`}>{text.open}</Link>
    </p>
  );
}

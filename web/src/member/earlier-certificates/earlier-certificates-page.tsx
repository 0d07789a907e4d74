// SPDX-License-Identifier: Apache-2.0
// 历史证书: what other systems issued to the member before. It hangs on 确权作品, and leads to an attestation of the same work.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call, link } from '../../api/client.ts';
import type { components } from '../../api/schema.gen.ts';
import { Pager, useListQuery } from '../../kit/list.tsx';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { useKinds } from '../../orders/kinds.ts';
import { useEarlierText } from './i18n.ts';
import './earlier-certificates.css';

export function EarlierCertificatesPage() {
  const text = useEarlierText();
  const list = useListQuery({ states: [], sorts: ['newest'] });
  const { cursor, limit } = list.query;
  const found = useQuery({
    queryKey: ['earlier-certificates', cursor],
    queryFn: ({ signal }) =>
      call('get', '/earlier-certificates', { query: { limit, ...(cursor && { cursor }) }, signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageTitle title={text.title} />
      <p className="earlier-lead">{text.lead}</p>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={text.none}>
              <p>{text.nothingMissing}</p>
            </Empty>
          ) : (
            items.map((item) => <EarlierCertificate key={item.id} certificate={item} />)
          )
        }
      </Loaded>
      <Pager list={list} next={found.data?.next ?? null} />
    </>
  );
}

type Earlier = components['schemas']['OwnEarlierCertificate'];

function EarlierCertificate({ certificate }: { certificate: Earlier }) {
  const text = useEarlierText();
  const { workTypes } = useKinds();
  const { id, number, source, issuedOn, importedOn, title, workType, names, fileSha256, hasPdf } = certificate;
  return (
    <Section title={title} aside={text.unproven}>
      <Facts
        rows={[
          [
            text.number,
            <span key="number" className="earlier-value">
              {number}
            </span>,
          ],
          [text.source, source],
          [text.issuedOn, issuedOn],
          [text.names, names.join(text.between)],
          ...(workType ? [[text.workType, workTypes[workType]] as const] : []),
          ...(fileSha256
            ? [
                [
                  text.fileSha256,
                  <code key="digest" className="earlier-value">
                    {fileSha256}
                  </code>,
                ] as const,
              ]
            : []),
          [
            text.certificate,
            hasPdf ? (
              <a key="pdf" href={link('/earlier-certificates/{id}/pdf', { id })} download>
                {text.download}
              </a>
            ) : (
              <span key="none" className="muted">
                {text.noPdf}
              </span>
            ),
          ],
          [text.importedOn, importedOn],
        ]}
      />
      <p className="earlier-attest">
        <Link to="/member/publish">{text.attest}</Link>
      </p>
    </Section>
  );
}

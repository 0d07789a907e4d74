// SPDX-License-Identifier: Apache-2.0
// 协查记录: which courts and authorities were given records of the party. It hangs on 账号安全.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { OwnDisclosure } from '../../api/assistance.ts';
import { call } from '../../api/client.ts';
import { fill } from '../../i18n/fill.ts';
import { Facts, PageTitle, Section } from '../../kit/section.tsx';
import { Empty, Loaded } from '../../kit/states.tsx';
import { formatTime } from '../../ui/format.ts';
import { useDisclosureText } from './i18n.ts';
import './disclosures.css';

export function DisclosuresPage() {
  const text = useDisclosureText();
  const found = useQuery({
    queryKey: ['disclosures'],
    queryFn: ({ signal }) => call('get', '/disclosures', { signal }),
  });
  return (
    <>
      <PageTitle title={text.title} />
      <p className="disclosures-lead">{text.lead}</p>
      <Loaded query={found}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={text.none} />
          ) : (
            items.map((item) => <Disclosure key={item.id} item={item} />)
          )
        }
      </Loaded>
    </>
  );
}

function Disclosure({ item }: { item: OwnDisclosure }) {
  const text = useDisclosureText();
  const { authority, caseNumber, fileNumber, kind, orderId, certificateNumber, title, parts } = item;
  return (
    <Section title={authority} aside={title}>
      {item.wasSecret && <p className="notice">{fill(text.secret, { time: formatTime(item.toldAt) })}</p>}
      <Facts
        rows={[
          [text.fileNumber, fileNumber],
          [text.caseNumber, <code key="case">{caseNumber}</code>],
          [
            text.certificate,
            <span key="certificate">
              <code>{certificateNumber}</code> <Link to={`/member/${kind}s/${orderId}`}>{text.look}</Link>
            </span>,
          ],
          [text.granted, formatTime(item.grantedAt)],
          [text.until, formatTime(item.openUntil)],
          [
            text.approved,
            <span key="approved" className="disclosed">
              {parts.map((part) => text.parts[part]).join('\n')}
            </span>,
          ],
          [text.handed, <Handed key="handed" item={item} />],
        ]}
      />
    </Section>
  );
}

function Handed({ item: { disclosures } }: { item: OwnDisclosure }) {
  const text = useDisclosureText();
  if (disclosures.length === 0) return <span className="muted">{text.noneHanded}</span>;
  return (
    <ul className="disclosed">
      {disclosures.map(({ part, fileName, at }) => (
        <li key={at + part + fileName}>
          {formatTime(at)} · {text.parts[part]}
          {fileName && ` · ${fileName}`}
        </li>
      ))}
    </ul>
  );
}

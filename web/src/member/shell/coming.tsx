// SPDX-License-Identifier: Apache-2.0
// Pages that say what will be here, and what is possible now.
import { Link } from 'react-router';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty } from '../../kit/states.tsx';
import { useShellText } from './i18n.ts';

export function RegisteredPage() {
  const text = useShellText();
  return <Coming title={text.registered} lead={text.registeredLead} now={text.registeredNow} />;
}

export function MissingPage() {
  const text = useShellText();
  return <Coming title={text.notFound} lead={text.notFoundLead} />;
}

function Coming({ title, lead, now }: { title: string; lead: string; now?: string }) {
  const text = useShellText();
  return (
    <>
      <PageTitle title={title} />
      <Section title={text.soon}>
        <Empty title={lead}>
          {now && <p>{now}</p>}
          <Link to="/member/works">{text.goWorks}</Link>
        </Empty>
      </Section>
    </>
  );
}

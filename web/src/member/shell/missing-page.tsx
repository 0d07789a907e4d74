// SPDX-License-Identifier: Apache-2.0
import { Link } from 'react-router';
import { PageTitle, Section } from '../../kit/section.tsx';
import { Empty } from '../../kit/states.tsx';
import { useShellText } from './i18n.ts';

/** An address without a page, and the way back. */
export function MissingPage() {
  const text = useShellText();
  return (
    <>
      <PageTitle title={text.notFound} />
      <Section title={text.soon}>
        <Empty title={text.notFoundLead}>
          <Link to="/member/works">{text.goWorks}</Link>
        </Empty>
      </Section>
    </>
  );
}

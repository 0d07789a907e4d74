// SPDX-License-Identifier: Apache-2.0
// 账号安全: the telephone, the places where a member is logged in, their data, their consents, and the end of the account. It
// hangs on 资料档案.
import { PageTitle } from '../../kit/section.tsx';
import { DataSection } from './data-section.tsx';
import { useSecurityText } from './i18n.ts';
import { ClosingSection, ConsentSection } from './leaving-section.tsx';
import { PhoneSection } from './phone-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import './security.css';

export function SecurityPage() {
  const text = useSecurityText();
  return (
    <>
      <PageTitle title={text.title} />
      <PhoneSection />
      <SessionsSection />
      <DataSection />
      <ConsentSection />
      <ClosingSection />
    </>
  );
}

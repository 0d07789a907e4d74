// SPDX-License-Identifier: Apache-2.0
// 账号安全: the telephone and the places where a member is logged in. It hangs on 资料档案.
import { PageTitle } from '../../kit/section.tsx';
import { useSecurityText } from './i18n.ts';
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
    </>
  );
}

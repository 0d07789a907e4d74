// SPDX-License-Identifier: Apache-2.0
import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useSyncExternalStore } from 'react';
import type { Me } from '../../api/session.ts';
import { isSessionExpired, signedIn, subscribeToSession } from '../../api/session-gate.ts';
import { useLoginText } from './i18n.ts';
import { LoginForm } from './login-form.tsx';

/** On top of the page whose session ended. Somebody else who signs in must not see the first one's page. */
export function SignInAgain() {
  const text = useLoginText();
  const queries = useQueryClient();
  const isExpired = useSyncExternalStore(subscribeToSession, isSessionExpired);
  const enter = (me: Me) => {
    const before = queries.getQueryData<Me>(['me']);
    if (before && before.userNumber !== me.userNumber) return window.location.assign('/member');
    queries.setQueryData(['me'], me);
    signedIn();
  };
  return (
    <Modal open={isExpired} title={text.again} footer={null} closable={false} keyboard={false} destroyOnHidden>
      <p className="notice">{text.againLead}</p>
      <LoginForm onDone={enter} />
    </Modal>
  );
}

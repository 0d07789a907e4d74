// SPDX-License-Identifier: Apache-2.0
// 登录 | 注册, or 个人中心 for whoever is signed in.
import { useEffect, useState } from 'react';
import { useText } from '../i18n/language.ts';
import { mayBeSignedIn, noteSignedIn } from '../ui/member-hint.ts';
import { siteEn } from './site.en.ts';
import { siteZh } from './site.zh.ts';

export function AccountLinks() {
  const text = useText({ zh: siteZh, en: siteEn });
  if (useIsSignedIn()) return <a href="/member">{text.centre}</a>;
  return (
    <>
      <a href="/login">{text.login}</a>
      <span aria-hidden="true">|</span>
      <a href="/login?tab=register">{text.register}</a>
    </>
  );
}

/** As remembered at first; the portal says whether the session still lives. */
function useIsSignedIn(): boolean {
  const [isSignedIn, setSignedIn] = useState(mayBeSignedIn);
  useEffect(() => {
    if (!mayBeSignedIn()) return;
    const ask = async () => {
      const { status } = await fetch('/api/v1/me');
      if (status !== 401) return;
      noteSignedIn(false);
      setSignedIn(false);
    };
    // Without an answer what is remembered has to do: the member centre asks again.
    ask().catch(() => undefined);
  }, []);
  return isSignedIn;
}

// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';
import { versionsEn, versionsZh } from './version-texts.ts';

/** Shown in place of the errors of a form when somebody else saved first. What was typed stays until the link is followed. */
export function NewerVersion({ address }: { address: string }) {
  const text = useText({ zh: versionsZh, en: versionsEn });
  return (
    <div className="notice notice-error" role="alert">
      <p>{text.changed}</p>
      <a href={address}>{text.reload}</a>
    </div>
  );
}

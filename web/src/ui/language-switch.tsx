// SPDX-License-Identifier: Apache-2.0
import { setLanguage, useLanguage } from '../i18n/language.ts';

/** To the other language, by its own name; a screen reader says it as its speakers do. */
export function LanguageSwitch({ className }: { className: string }) {
  const isChinese = useLanguage() === 'zh';
  return (
    <button
      type="button"
      className={className}
      lang={isChinese ? 'en' : 'zh-CN'}
      onClick={() => setLanguage(isChinese ? 'en' : 'zh')}
    >
      {isChinese ? 'English' : '中文'}
    </button>
  );
}

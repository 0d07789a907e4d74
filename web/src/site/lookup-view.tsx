// SPDX-License-Identifier: Apache-2.0
// The look-up in the frame of the site.
import { useText } from '../i18n/language.ts';
import { lookupTexts } from '../lookup/texts/index.ts';
import { LookupPage } from '../lookup/views/lookup-page.tsx';
import { useSiteTitle } from '../ui/site-facts.ts';
import { PageFooter, PageHeader } from './frame.tsx';

export function LookupView({ files }: { files: readonly File[] }) {
  const { page, title } = useText(lookupTexts);
  useSiteTitle(title);
  return (
    <>
      <PageHeader note={page.brandNote} />
      <LookupPage files={files} />
      <PageFooter />
    </>
  );
}

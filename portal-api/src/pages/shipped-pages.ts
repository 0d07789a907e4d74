// SPDX-License-Identifier: Apache-2.0
// The first version of each page comes with the product, as a file of Markdown for each language. It goes into the database
// at the first start: a later release with other files changes nothing that somebody may have agreed to.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../db/database.ts';
import { FIRST_VERSION, PAGE_SLUGS, type PageSlug, type PageText } from './pages.ts';

const FOLDER = path.join(import.meta.dirname, 'texts');

/** Does nothing for a page that has a version already, so portals may start at the same time. */
export async function storeShippedPages({ prisma }: Database): Promise<void> {
  const data = PAGE_SLUGS.map((slug) => {
    const [zh, en] = [shippedText(slug, 'zh'), shippedText(slug, 'en')];
    return {
      slug,
      version: FIRST_VERSION,
      titleZh: zh.title,
      bodyZh: zh.body,
      titleEn: en.title,
      bodyEn: en.body,
      note: '',
    };
  });
  await prisma.pageVersion.createMany({ data, skipDuplicates: true });
}

/** The heading of the file is the title. */
function shippedText(slug: PageSlug, language: 'zh' | 'en'): PageText {
  const [heading = '', ...lines] = readFileSync(path.join(FOLDER, `${slug}.${language}.md`), 'utf8').split('\n');
  return { title: heading.replace(/^# /, ''), body: lines.join('\n').trim() };
}

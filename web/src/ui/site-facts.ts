// SPDX-License-Identifier: Apache-2.0
// What staff set of the site: its names, telephone, hours and filing number. Those of the product until the portal answers.
import { useEffect, useSyncExternalStore } from 'react';
import { fill } from '../i18n/fill.ts';
import { type Language, useLanguage } from '../i18n/language.ts';

type InBoth = Readonly<Record<Language, string>>;

interface SiteFacts {
  name: InBoth;
  short: InBoth;
  telephone: string;
  hours: InBoth;
  filing: InBoth;
}

/** `portal-api/src/settings/settings.ts` has the same ones. */
const SHIPPED: SiteFacts = {
  name: { zh: '印信版权存证中心', en: 'Inkseal Copyright Evidence Centre' },
  short: { zh: '印信', en: 'Inkseal' },
  telephone: '0531-00000001',
  hours: { zh: '工作日 9:00 至 17:00', en: 'working days 9:00 to 17:00' },
  filing: {
    zh: '区块链信息服务备案号：鲁网信备〔示例〕0001 号',
    en: 'Blockchain information service filing: sample 0001',
  },
};

const TELEPHONE_LINE: InBoth = { zh: '咨询电话：{telephone}，{hours}', en: 'Telephone {telephone}, {hours}' };

const listeners = new Set<() => void>();
let facts = SHIPPED;
let isAsked = false;

export function useSiteFacts(): SiteFacts {
  return useSyncExternalStore(subscribe, currentFacts, currentFacts);
}

/** With the hours. */
export function useTelephoneLine(): string {
  const { telephone, hours } = useSiteFacts();
  const language = useLanguage();
  return fill(TELEPHONE_LINE[language], { telephone, hours: hours[language] });
}

/** Names the document: the page and the short name of the site, or the whole name alone. */
export function useSiteTitle(page?: string): void {
  const { name, short } = useSiteFacts();
  const language = useLanguage();
  const title = page === undefined ? name[language] : `${page} · ${short[language]}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

const currentFacts = () => facts;

/** Whoever shows a fact first asks for them. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!isAsked) void readFacts();
  return () => listeners.delete(listener);
}

/** Asks the portal again, past the cache of the browser, so that whoever saved new values sees them at once. */
export const reloadSiteFacts = () => readFacts('reload');

async function readFacts(cache: RequestCache = 'default'): Promise<void> {
  isAsked = true;
  try {
    const answer = await fetch('/api/v1/site', { credentials: 'omit', cache });
    if (!answer.ok) return;
    facts = await answer.json();
    for (const listener of listeners) listener();
  } catch {
    // The names of the product stay until the next page.
  }
}

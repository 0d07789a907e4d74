// SPDX-License-Identifier: Apache-2.0
// Draws parts of the web pages without a browser: what they show for what they are given, and what they do when somebody
// clicks and types. The whole pages, as they look, are tested in `test/e2e`.
import path from 'node:path';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { createServer } from 'vite';
import { openBrowser } from './browser.ts';
import { type Answer, type LivePage, openLivePage } from './live-page.ts';

const WEB = path.resolve(import.meta.dirname, '..');
export type Language = 'zh' | 'en';

export interface WebPages {
  /** A module by its path in `web/src`. */
  load<M>(file: string): Promise<M>;
  htmlOf(element: ReactElement, language?: Language): string;
  /** What somebody reads, without tags. */
  textOf(element: ReactElement, language?: Language): string;
  /** The element at work, before a portal that `answer` stands for. There is one at a time: the next one closes it. */
  live(element: ReactElement, options?: { answer?: Answer; at?: string; language?: Language }): Promise<LivePage>;
  /** The page at work, before a test takes its timers back. */
  closePage(): Promise<void>;
  stop(): Promise<void>;
}

export async function openWebPages(): Promise<WebPages> {
  const browser = openBrowser();
  const server = await createServer({
    root: WEB,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  const { setLanguage } = await server.ssrLoadModule('/src/i18n/language.ts');
  let page: LivePage | undefined;
  const htmlOf = (element: ReactElement, language: Language = 'zh') => {
    setLanguage(language);
    return renderToStaticMarkup(inPage(element));
  };
  return {
    load: async <M>(file: string) => (await server.ssrLoadModule(`/src/${file}`)) as M, // the caller names what it holds
    htmlOf,
    textOf: (element, language) => textIn(htmlOf(element, language)),
    async live(element, { language = 'zh', ...options } = {}) {
      await page?.close();
      setLanguage(language);
      page = await openLivePage(element, options);
      return page;
    },
    closePage: async () => page?.close(),
    async stop() {
      await page?.close();
      await server.close();
      await browser.close();
    },
  };
}

/** An address, and nothing that was asked for yet. */
const inPage = (element: ReactElement): ReactElement =>
  createElement(QueryClientProvider, { client: new QueryClient() }, createElement(MemoryRouter, null, element));

const textIn = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();

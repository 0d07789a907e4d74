// SPDX-License-Identifier: Apache-2.0
// Draws parts of the web pages without a browser: what they show for what they are given. Nothing can be clicked here;
// what people do is tested in `test/e2e`.
import path from 'node:path';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { createServer } from 'vite';

const WEB = path.resolve(import.meta.dirname, '..');
/** The little of a browser that pages ask for when they are loaded. */
const BROWSER = {
  document: { documentElement: {} },
  window: { location: { search: '' }, addEventListener: () => undefined },
};

export type Language = 'zh' | 'en';

export interface WebPages {
  /** A module by its path in `web/src`. */
  load<M>(file: string): Promise<M>;
  htmlOf(element: ReactElement, language?: Language): string;
  /** What somebody reads, without tags. */
  textOf(element: ReactElement, language?: Language): string;
  stop(): Promise<void>;
}

export async function openWebPages(): Promise<WebPages> {
  Object.assign(globalThis, BROWSER);
  const server = await createServer({
    root: WEB,
    configFile: false,
    appType: 'custom',
    logLevel: 'error',
    server: { middlewareMode: true, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
  });
  const { setLanguage } = await server.ssrLoadModule('/src/i18n/language.ts');
  const htmlOf = (element: ReactElement, language: Language = 'zh') => {
    setLanguage(language);
    return renderToStaticMarkup(inPage(element));
  };
  return {
    load: async <M>(file: string) => (await server.ssrLoadModule(`/src/${file}`)) as M, // the caller names what it holds
    htmlOf,
    textOf: (element, language) => textIn(htmlOf(element, language)),
    async stop() {
      await server.close();
      for (const name of Object.keys(BROWSER)) Reflect.deleteProperty(globalThis, name);
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

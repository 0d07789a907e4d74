// SPDX-License-Identifier: Apache-2.0
// The light entry: home, look-up, public works and the pages of words. Each loads only what it shows.
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { currentLanguage } from '../i18n/language.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import { Guard, LoadFailure, NewBuildBar } from '../ui/trouble.tsx';
import { noticeQueryOf } from './notices/query.ts';
import { isEdited, type Route, routeOf } from './pages.ts';
import { queryOf } from './works/query.ts';

const PAGE = '/index.html';
const element = document.getElementById('root');
const root = element ? createRoot(element) : undefined;

async function start(): Promise<void> {
  currentLanguage();
  await show(() => viewOf(routeOf(window.location.pathname)));
}

/** The view, or what can be done when its script does not come. */
async function show(load: () => Promise<ReactNode>): Promise<void> {
  const view = await load().catch(() => <LoadFailure page={PAGE} />);
  root?.render(
    <>
      <Guard page={PAGE}>{view}</Guard>
      <NewBuildBar page={PAGE} />
    </>,
  );
}

async function viewOf(route: Route) {
  if (route.kind === 'home') {
    const { HomePage } = await import('./home-page.tsx');
    return <HomePage onFiles={(files) => void openLookup(files)} />;
  }
  if (route.kind === 'lookup') return lookupView([]);
  if (route.kind === 'works') {
    const { WorksPage } = await import('./works/works-page.tsx');
    return <WorksPage query={queryOf(window.location.search)} />;
  }
  if (route.kind === 'notices') {
    const { NoticesPage } = await import('./notices/notices-page.tsx');
    return <NoticesPage query={noticeQueryOf(window.location.search)} />;
  }
  if (route.kind === 'transparency') {
    const { TransparencyPage } = await import('./transparency/transparency-page.tsx');
    return <TransparencyPage />;
  }
  if (route.kind === 'work') {
    const { WorkPage } = await import('./works/work-page.tsx');
    return <WorkPage id={route.id} />;
  }
  if (route.kind === 'page' && isEdited(route.slug)) {
    const { EditedPage } = await import('./edited-page.tsx');
    const query = new URLSearchParams(window.location.search);
    return <EditedPage slug={route.slug} version={query.get('version')} since={query.get('since')} />;
  }
  const { CartPage, MissingPage, ReadingResultsPage } = await import('./content-page.tsx');
  if (route.kind !== 'page') return <MissingPage />;
  return route.slug === 'cart' ? <CartPage /> : <ReadingResultsPage />;
}

async function lookupView(files: readonly File[]) {
  const { LookupView } = await import('./lookup-view.tsx');
  return <LookupView files={files} />;
}

/** Files dropped on the home page go on without a new page load, which could not take them along. */
async function openLookup(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  await show(() => lookupView(files));
  window.history.pushState(null, '', '/v');
  // Back to the home page is another document; the look-up itself follows its own addresses.
  window.addEventListener('popstate', () => {
    if (routeOf(window.location.pathname).kind !== 'lookup') window.location.reload();
  });
}

void start();

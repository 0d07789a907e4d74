// SPDX-License-Identifier: Apache-2.0
// Whether the site was built again since this page was loaded. The first script of a page names its build: its file
// name holds a digest of all that it loads.
import { useEffect, useState } from 'react';

/** The files of the site that hold a page. */
export type PageFile = '/index.html' | '/member.html';

const LOOK_AGAIN_MS = 5 * 60_000;

/** True from the moment when the site has a newer build than this page; looked at now and then, and on the way back. */
export function useNewBuild(page: PageFile): boolean {
  const [isNew, setNew] = useState(false);
  useEffect(() => {
    if (isNew) return undefined;
    const look = async () => {
      if (document.visibilityState === 'visible' && (await hasNewBuild(page))) setNew(true);
    };
    const timer = setInterval(look, LOOK_AGAIN_MS);
    document.addEventListener('visibilitychange', look);
    // Scripts of the last build are gone after an update.
    window.addEventListener('vite:preloadError', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('vite:preloadError', look);
    };
  }, [isNew, page]);
  return isNew;
}

async function hasNewBuild(page: PageFile): Promise<boolean> {
  const own = document.querySelector<HTMLScriptElement>('script[type=module][src]')?.src;
  const html = await readPage(page);
  return own !== undefined && html !== undefined && !html.includes(new URL(own).pathname);
}

/** The page as the site has it now; undefined when the site does not answer with a page. */
export async function readPage(page: PageFile): Promise<string | undefined> {
  try {
    const response = await fetch(page, { cache: 'no-store' });
    const isPage = response.ok && response.headers.get('Content-Type')?.startsWith('text/html');
    return isPage ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}

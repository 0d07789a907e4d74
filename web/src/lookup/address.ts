// SPDX-License-Identifier: Apache-2.0
// What the address of the page asks for: /v/<number>#<code>, as the QR code has it.

export interface AskedFor {
  readonly number: string;
  readonly code: string | undefined;
}

/**
 * Reads number and code and takes the code out of the address bar at once. It is kept in this history entry's own state:
 * a reload still shows the content, and neither a copied address, nor a referrer, nor another page carries it.
 */
export function takeAddress(): AskedFor | undefined {
  const { pathname, search, hash } = window.location;
  const asked = askedFor(pathname, hash);
  if (!asked) return undefined;
  const code = asked.code ?? keptCode(window.history.state);
  window.history.replaceState({ code }, '', pathname + search);
  return { ...asked, code };
}

/**
 * Tells what the address asks for whenever it changes while the page is open: a QR code scanned into the same tab or an
 * edited fragment loads no new page, and neither does Back. Browsers fire `popstate` for all three. Returns the end of it.
 */
export function followAddress(onAsked: (asked: AskedFor) => void): () => void {
  const follow = () => {
    const asked = takeAddress();
    if (asked) onAsked(asked);
  };
  window.addEventListener('popstate', follow);
  return () => window.removeEventListener('popstate', follow);
}

export function askedFor(pathname: string, hash: string): AskedFor | undefined {
  const number = /^\/v\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (number === undefined) return undefined;
  const code = hash.slice(1);
  return { number: decode(number), code: code === '' ? undefined : decode(code) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function keptCode(state: unknown): string | undefined {
  const code = (state as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

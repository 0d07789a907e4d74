// SPDX-License-Identifier: Apache-2.0
// What the address of the page asks for: /v/<number>#<code>, as the QR code has it, or /v/shared#<token>, as a share link has it.

export type AskedFor =
  | { readonly kind: 'number'; readonly number: string; readonly code: string | undefined }
  | { readonly kind: 'shared'; readonly token: string | undefined };

/** Where share links lead. */
const SHARED = 'shared';

/**
 * Reads what is asked for and takes code or token out of the address bar at once. It is kept in this history entry's own state:
 * a reload still shows the content, and neither a copied address, nor a referrer, nor another page carries it.
 */
export function takeAddress(): AskedFor | undefined {
  const { pathname, search, hash } = window.location;
  const asked = askedFor(pathname, hash);
  if (!asked) return undefined;
  const code = (asked.kind === 'shared' ? asked.token : asked.code) ?? keptCode(window.history.state);
  window.history.replaceState({ code }, '', pathname + search);
  return asked.kind === 'shared' ? { ...asked, token: code } : { ...asked, code };
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
  const code = hash === '' || hash === '#' ? undefined : decode(hash.slice(1));
  if (number === SHARED) return { kind: 'shared', token: code };
  return { kind: 'number', number: decode(number), code };
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

// SPDX-License-Identifier: Apache-2.0
// A part of the web pages at work in a DOM, before a portal that a test answers for: what people click and type, what is sent,
// and what is shown then. Looks and layout are tested in `test/e2e`.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, createElement, type ReactElement } from 'react';
import { MemoryRouter, useLocation } from 'react-router';

/** Also where a test has put its own timers in place. */
const realTimeout = globalThis.setTimeout;
const QUIET_TURNS = 10;
const MOST_TURNS = 500;

/** A request to the portal, without its token. */
export interface Asked {
  readonly line: string;
  readonly body: unknown;
}

/** Answers with a body and 200, or with a whole response; undefined: 204. */
export type Answer = (asked: Asked) => unknown;

export interface LivePage {
  /** Every request but those for a token, in order. */
  readonly asked: readonly Asked[];
  text(): string;
  /** The one element that matches; throws when there is none, or more than one. */
  find(selector: string): Element;
  all(selector: string): Element[];
  /** The one button or link of this name, as it is read out. */
  named(name: string): Element;
  click(element: Element): Promise<void>;
  /** All of this happens before the page is drawn again, as on a busy machine. */
  atOnce(work: () => unknown): Promise<void>;
  type(element: Element, text: string): Promise<void>;
  /** As `type`, for use within `atOnce`. */
  write(element: Element, text: string): void;
  chooseFile(input: Element, file: File): Promise<void>;
  /** Sends the form. */
  submit(): Promise<void>;
  /** Where the page has led. */
  address(): string;
  /** Lets everything that is under way happen, but for what waits for a time. */
  settle(): Promise<void>;
  /** Done for the last page when the next one is opened. */
  close(): Promise<void>;
}

export async function openLivePage(
  element: ReactElement,
  { answer = () => undefined, at = '/' }: { answer?: Answer; at?: string } = {},
): Promise<LivePage> {
  // Not before the browser is there: React looks at once whether it has one.
  const { createRoot } = await import('react-dom/client');
  const portal = portalOf(answer);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, gcTime: Number.POSITIVE_INFINITY } } });
  let address = at;
  const Address = () => {
    const { pathname, search } = useLocation();
    address = pathname + search;
    return null;
  };
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  const router = createElement(MemoryRouter, { initialEntries: [at] }, element, createElement(Address));
  await acting(async () => root.render(createElement(QueryClientProvider, { client: queries }, router)));
  const settle = () =>
    acting(() => untilQuiet(() => portal.isQuiet() && queries.isFetching() + queries.isMutating() === 0));
  await settle();
  const all = (selector: string) => [...document.body.querySelectorAll(selector)];
  const one = (found: Element[], what: string): Element => {
    const [first] = found;
    if (!first || found.length > 1) throw new RangeError(`${found.length} of ${what} in ${place.innerHTML}`);
    return first;
  };
  const during = async (work: () => unknown) => {
    await acting(async () => void work());
    await settle();
  };
  return {
    asked: portal.asked,
    settle,
    all,
    text: () => place.textContent ?? '',
    find: (selector) => one(all(selector), selector),
    named: (name) =>
      one(
        all('button, a, input').filter((each) => nameOf(each) === name),
        name,
      ),
    atOnce: during,
    click: (target) => during(() => (target as HTMLElement).click()),
    type: (target, text) => during(() => write(target, text)),
    write,
    chooseFile: (input, file) =>
      during(() => {
        Object.defineProperty(input, 'files', { value: [file], configurable: true });
        input.dispatchEvent(new Event('change', { bubbles: true }));
      }),
    submit: () =>
      during(() => one(all('form'), 'form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))),
    address: () => address,
    async close() {
      if (!place.isConnected) return;
      await acting(async () => root.unmount());
      await settle();
      queries.clear();
      place.remove();
      portal.close();
    },
  };
}

/** Takes the place of the portal until it is closed. */
function portalOf(answer: Answer) {
  const asked: Asked[] = [];
  let waiting = 0;
  const ownFetch = globalThis.fetch;
  const respond = async (request: Request): Promise<Response> => {
    const one = await readRequest(request);
    if (one.line === 'GET /csrf') return Response.json({ token: 'a token' });
    asked.push(one);
    const found = await answer(one);
    if (found instanceof Response) return found;
    return found === undefined ? new Response(null, { status: 204 }) : Response.json(found);
  };
  globalThis.fetch = (input, init) => {
    waiting += 1;
    return respond(new Request(input, init)).finally(() => (waiting -= 1));
  };
  return {
    asked,
    isQuiet: () => waiting === 0,
    close() {
      globalThis.fetch = ownFetch;
    },
  };
}

async function readRequest(request: Request): Promise<Asked> {
  const { pathname, search } = new URL(request.url);
  const isJson = request.headers.get('Content-Type')?.startsWith('application/json');
  const line = `${request.method} ${pathname.replace(/^\/api\/v1/, '')}${search}`;
  return { line, body: isJson ? await request.json() : undefined };
}

/** React watches over updates outside of `act` only when told to, and some come from animations that nobody waits for. */
async function acting(work: () => Promise<void>): Promise<void> {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  await act(work);
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
}

function nameOf(element: Element): string {
  return element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
}

/** Past React, which otherwise takes the value for the one that it set itself. */
function write(target: Element, text: string): void {
  const { prototype } = target.tagName === 'TEXTAREA' ? HTMLTextAreaElement : HTMLInputElement;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(target, text);
  target.dispatchEvent(new Event('input', { bubbles: true }));
}

/** Until nothing has been under way for some turns of the event loop. Bounded: a page may ask again and again. */
async function untilQuiet(isQuiet: () => boolean): Promise<void> {
  for (let turn = 0, quiet = 0; turn < MOST_TURNS && quiet < QUIET_TURNS; turn++) {
    await new Promise((resolve) => realTimeout(resolve, 0));
    quiet = isQuiet() ? quiet + 1 : 0;
  }
}

// SPDX-License-Identifier: Apache-2.0
// The part of a browser that our pages use, from happy-dom, put into the globals of a test while pages are open. React reads
// some of it when it is loaded, so this comes first.
import { Window } from 'happy-dom';

const NAMES = [
  ...['window', 'document', 'navigator', 'location', 'history', 'localStorage', 'sessionStorage'],
  ...['Node', 'Element', 'HTMLElement', 'SVGElement', 'HTMLInputElement', 'HTMLTextAreaElement', 'HTMLIFrameElement'],
  ...['ShadowRoot', 'MutationObserver', 'ResizeObserver', 'IntersectionObserver', 'Event', 'CustomEvent'],
  ...['getComputedStyle', 'requestAnimationFrame', 'cancelAnimationFrame'],
] as const;

export interface Browser {
  readonly window: Window;
  close(): Promise<void>;
}

export function openBrowser(): Browser {
  const window = new Window({ url: 'http://127.0.0.1/', width: 1440, height: 900 });
  const before = NAMES.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const name of NAMES) {
    const value = name === 'window' ? window : boundTo(window, Reflect.get(window, name));
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  const NodeChannel = globalThis.MessageChannel;
  const channels: MessageChannel[] = [];
  globalThis.MessageChannel = class extends NodeChannel {
    constructor() {
      super();
      channels.push(this);
    }
  };
  return {
    window,
    async close() {
      // The lists of the UI kit open one each time, and leave it open: that would keep the process alive.
      for (const { port1 } of channels) port1.close();
      globalThis.MessageChannel = NodeChannel;
      for (const [name, descriptor] of before) {
        if (descriptor) Object.defineProperty(globalThis, name, descriptor);
        else Reflect.deleteProperty(globalThis, name);
      }
      await window.happyDOM.close();
    },
  };
}

/** Functions of a window refuse to run on another object; its classes stay as they are. */
function boundTo(window: Window, value: unknown): unknown {
  return typeof value === 'function' && !Object.hasOwn(value, 'prototype') ? value.bind(window) : value;
}

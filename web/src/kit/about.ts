// SPDX-License-Identifier: Apache-2.0
// What the page on show is about: told by its title to the frame, which names the page's tab by it.
import { createContext } from 'react';

export interface About {
  title: string;
  /** Tells it from another of the same title. */
  number?: string;
}

export const AboutContext = createContext<(path: string, about: About) => void>(() => undefined);

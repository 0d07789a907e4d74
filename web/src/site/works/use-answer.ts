// SPDX-License-Identifier: Apache-2.0
// What the portal answers when a page opens: not yet, an answer, or what went wrong.
import { useEffect, useState } from 'react';
import { PortalError } from '../public-portal.ts';

export interface Asked<T> {
  readonly answer?: T;
  readonly error?: PortalError;
  retry(): void;
}

/** Asks once for each `key`. */
export function useAnswer<T>(key: string, ask: () => Promise<T>): Asked<T> {
  const [state, setState] = useState<{ answer?: T; error?: PortalError }>({});
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` is a new function at each rendering; the key says what it asks
  useEffect(() => {
    let isCurrent = true;
    setState({});
    ask().then(
      (answer) => isCurrent && setState({ answer }),
      (error: unknown) =>
        isCurrent && setState({ error: error instanceof PortalError ? error : new PortalError('portal-failed') }),
    );
    return () => {
      isCurrent = false;
    };
  }, [key, tries]);
  return { ...state, retry: () => setTries(tries + 1) };
}

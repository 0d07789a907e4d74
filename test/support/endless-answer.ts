// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';

/** Sends for as long as somebody reads. */
export function endless(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

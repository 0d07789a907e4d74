// SPDX-License-Identifier: Apache-2.0
// Listens on the configured address.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { StoppableServer } from '@inkseal/service-kit';
import { StartError } from '../errors.ts';

/** Returns the port in use, also when a free one was asked for. */
export async function listen({ server }: StoppableServer, host: string, port: number): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening').catch((error: Error) => {
    throw new StartError('port-unavailable', `${host}:${port} (LEDGER_PORT): ${error.message}`, error);
  });
  return (server.address() as AddressInfo).port; // A TCP server's address is never a string.
}

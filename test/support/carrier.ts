// SPDX-License-Identifier: Apache-2.0
// The portal's queue under test: on PostgreSQL, or on Redis when the run is on Redis. Processes with the same database
// share it.
import { type Carrier, openCarrier } from '@inkseal/service-kit';
import { queueEnvironment } from './redis.ts';

export function testCarrier(databaseUrl: string): Carrier {
  const redisUrl = queueEnvironment().REDIS_URL;
  return openCarrier({ redisUrl, databaseUrl, prefix: new URL(databaseUrl).pathname.slice(1), maxConnections: 16 });
}

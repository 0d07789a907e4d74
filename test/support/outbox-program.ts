// SPDX-License-Identifier: Apache-2.0
// An outbox worker as a process, so that tests can stop and continue it. Its only topic, `slow`, takes a while and then
// ends well or, when the payload says so, fails:   outbox-program.ts <database URL>
import { openDatabase } from '../../portal-api/src/db/database.ts';
import { startOutboxWorker } from '../../portal-api/src/queue/outbox-worker.ts';
import { testCarrier } from './carrier.ts';
import { eventually } from './eventually.ts';

const SLOW_MS = 1_000;
const [databaseUrl = ''] = process.argv.slice(2);

startOutboxWorker({
  db: openDatabase(databaseUrl),
  carrier: testCarrier(databaseUrl),
  topics: {
    async slow({ fails }) {
      console.log('began');
      const until = Date.now() + SLOW_MS;
      await eventually(() => Date.now() > until);
      console.log('ended');
      if (fails) throw new Error('test');
    },
  },
  onQueue: (error) => error && console.log(error.message),
});

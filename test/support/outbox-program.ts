// SPDX-License-Identifier: Apache-2.0
// An outbox worker as a process, so that tests can stop and continue it. Its only topic, `slow`, works until the process
// gets SIGUSR2, and then ends well or, when the payload says so, fails:   outbox-program.ts <database URL>
import { once } from 'node:events';
import { openDatabase } from '../../portal-api/src/db/database.ts';
import { startOutboxWorker } from '../../portal-api/src/queue/outbox-worker.ts';
import { testCarrier } from './carrier.ts';

const [databaseUrl = ''] = process.argv.slice(2);

startOutboxWorker({
  db: openDatabase(databaseUrl),
  carrier: testCarrier(databaseUrl),
  topics: {
    async slow({ fails }) {
      const told = once(process, 'SIGUSR2');
      console.log('began');
      await told;
      console.log('ended');
      if (fails) throw new Error('test');
    },
  },
  onQueue: (error) => error && console.log(error.message),
});

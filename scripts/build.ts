// SPDX-License-Identifier: Apache-2.0
// `npm run build`: a folder with what one service needs to run on a machine of its own, and nothing else. Containers and
// machines without containers get the same.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildService, isService, SERVICES } from './building/build-service.ts';
import { runJob } from './processes/failure.ts';

const USAGE = `usage: npm run build -- --service <${SERVICES.join('|')}> --out <folder>
  <folder>   is made, and must not exist; start the service in it as deploy/README.md says`;

await runJob(async () => {
  const { values } = parseArgs({
    options: { service: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } },
  });
  const { service, out, help } = values;
  if (help || !service || !isService(service) || !out) {
    console.error(USAGE);
    return help ? 0 : 2;
  }
  const folder = path.resolve(process.env.INIT_CWD ?? process.cwd(), out);
  buildService({ root: path.resolve(import.meta.dirname, '..'), service, folder });
  console.log(`inkseal: the ${service} is in ${folder}`);
  return 0;
});

// SPDX-License-Identifier: Apache-2.0
// `npm run rotate-keys`: the portal's own program, with the settings of the system that `npm start` runs, or with
// PORTAL_DATABASE_URL and INKSEAL_KEY_FILE of another one.
import { runPortalProgram } from './processes/portal-program.ts';

await runPortalProgram('rotate-keys-cli.ts');

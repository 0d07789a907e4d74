// SPDX-License-Identifier: Apache-2.0
// `npm run admin -- create --phone <number> --role admin|security-admin`: the portal's own program, with the settings of the
// system that `npm start` runs, or with PORTAL_DATABASE_URL and INKSEAL_KEY_FILE of another one.
import { runPortalProgram } from './processes/portal-program.ts';

await runPortalProgram('admin-cli.ts');

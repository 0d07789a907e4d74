// SPDX-License-Identifier: Apache-2.0
// `npm run import -- --from <folder> [--dry-run]`: the portal's own program, with the settings of the system that `npm start`
// runs, or with PORTAL_DATABASE_URL and INKSEAL_KEY_FILE of another one (docs/import.md).
import { runPortalProgram } from './processes/portal-program.ts';

await runPortalProgram('import-cli.ts');

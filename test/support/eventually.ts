// SPDX-License-Identifier: Apache-2.0
// Tests wait for conditions as scripts do.
export { eventually } from '../../scripts/processes/eventually.ts';

// SPDX-License-Identifier: Apache-2.0
// The public face of the witnesses.
export { type Authority, loadAuthorities } from './authority.ts';
export { type Pace, startWitnessing, type Witnessing } from './witness-batches.ts';
export { oldestMissing } from './witnesses.sql.ts';

// SPDX-License-Identifier: Apache-2.0
// The public face of the witnesses.
export { type Authority, loadAuthorities } from './authority.ts';
export { type RenewalRule, type Renewing, startRenewing } from './renew-batches.ts';
export { firstExpiry, WITNESS_COLUMNS, witnessesOf } from './renewals.sql.ts';
export { loadSecondChains, requireOtherChains, type SecondChain } from './second-chains.ts';
export { startWitnessing, type Witnessing } from './witness-batches.ts';
export { oldestMissing } from './witnesses.sql.ts';

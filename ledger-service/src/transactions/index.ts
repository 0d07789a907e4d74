// SPDX-License-Identifier: Apache-2.0
// The public face of the transactions: signing, storing and sending, for anchors, revocations and the deployment alike.
export { type Broadcaster, createBroadcaster, type Found, firstResult, repeatOwed } from './broadcast.ts';
export { noteRefusal } from './refusal.ts';
export { type Looked, returnLostBatches, returnLostRevocations } from './return-lost.ts';
export { returnUndone } from './return-undone.ts';
export { rememberAccount, type SignedTransaction, signAt, signNext } from './sign.ts';
export { MAX_IN_FLIGHT, markFailed, pendingHashes, type StoredTransaction, settle, unsettled } from './store.ts';

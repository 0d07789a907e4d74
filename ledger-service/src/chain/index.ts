// SPDX-License-Identifier: Apache-2.0
// The public face of the chain adapter.
export { type Broadcast, type Chain, type ChainOptions, createChain } from './chain.ts';
export { type ChainClock, createChainClock } from './chain-clock.ts';
export { type Fees, priceOf, raise } from './fees.ts';
export { type Header, UnreadableHeaderError } from './header.ts';
export type { LogEntry } from './logs.ts';
export { RpcError } from './node.ts';
export { isAnswer, MalformedAnswerError, type StateProof, type TransactionResult } from './readings.ts';

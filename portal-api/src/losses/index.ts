// SPDX-License-Identifier: Apache-2.0
export { recordLoss } from './record-loss.ts';

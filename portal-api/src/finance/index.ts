// SPDX-License-Identifier: Apache-2.0
export { financeApi } from './finance.api.ts';
export { openFinance } from './open-finance.ts';

// SPDX-License-Identifier: Apache-2.0
export { openRightHolders } from './open-right-holders.ts';
export { rightHolderApi } from './right-holders.api.ts';

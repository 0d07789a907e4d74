// SPDX-License-Identifier: Apache-2.0
export { openSite } from './site.ts';

// SPDX-License-Identifier: Apache-2.0
export { openShareLinks } from './open-share-links.ts';
export { shareLinkApis } from './share-links.api.ts';
export { endShareLinks, type ShareLinks } from './share-links.ts';

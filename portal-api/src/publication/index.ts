// SPDX-License-Identifier: Apache-2.0
export { moderationApi } from './moderation.api.ts';
export { openPublication } from './open-publication.ts';
export { publicationApi, publicWorkApi } from './publications.api.ts';
export { withdrawAll, withdrawDeleted } from './publish-work.ts';

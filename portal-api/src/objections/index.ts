// SPDX-License-Identifier: Apache-2.0
export { objectionApi, staffObjectionApi } from './objections.api.ts';
export { type PublicObjection, publicObjectionSchema } from './objections.schema.ts';
export { objectionsOf, objectionsTo } from './objections.view.ts';
export { openObjections } from './open-objections.ts';

// SPDX-License-Identifier: Apache-2.0

/** Where staff fetch a file of what is reviewed, or its small picture. */
export type AddressOf = (what: 'content' | 'thumbnail', uploadId: string) => string;

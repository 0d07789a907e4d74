// SPDX-License-Identifier: Apache-2.0
/** The work behind intake, in the order in which an entry passes through it. A trigger names one of them. */
export const STEPS = ['closeBatch', 'anchor', 'confirm', 'prove'] as const;
export type Step = (typeof STEPS)[number];

// SPDX-License-Identifier: Apache-2.0
// What codes are sent for.

/** Codes that anybody may ask for; the others belong to a member. */
export const OPEN_PURPOSES = ['REGISTER', 'RESET_PASSWORD'] as const;
export const SMS_PURPOSES = [...OPEN_PURPOSES, 'CHANGE_PHONE'] as const;
export type SmsPurpose = (typeof SMS_PURPOSES)[number];

// SPDX-License-Identifier: Apache-2.0
import { useText } from '../../i18n/language.ts';
import { en } from './i18n.en.ts';
import { zh } from './i18n.zh.ts';

export const useRightsText = () => useText({ zh, en });
export type RightsText = typeof zh;

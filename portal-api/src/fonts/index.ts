// SPDX-License-Identifier: Apache-2.0
export type { Font } from './coverage.ts';
export { type Fonts, openFonts } from './fonts.ts';
export { graphemesOf } from './graphemes.ts';
export { printCheckApi } from './print-check.api.ts';
export { printCheckEndpoints } from './print-check.routes.ts';
export { printingFaults } from './printing-faults.ts';
export { isShaped, LEFT_TO_RIGHT_MARK, type Run, runsOf } from './runs.ts';

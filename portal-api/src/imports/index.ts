// SPDX-License-Identifier: Apache-2.0
export { lineOf, reportOf } from './fault.ts';
export { hasFiles, type ImportOptions, type ImportResult, importFolder } from './import-rows.ts';

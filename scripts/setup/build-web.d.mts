// SPDX-License-Identifier: Apache-2.0
export function buildWeb(root: string, node: string): Promise<void>;

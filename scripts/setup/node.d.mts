// SPDX-License-Identifier: Apache-2.0
export function underNode(root: string): Promise<string>;
export function npm(node: string, args: readonly string[], cwd: string): void;
export function npmCli(): string;

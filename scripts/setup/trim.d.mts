// SPDX-License-Identifier: Apache-2.0
export function trimPackages(root: string): void;
export function trimNode(folder: string): void;

// SPDX-License-Identifier: Apache-2.0
import { contractFaults } from './contracts.ts';
import type { Fault } from './fault.ts';
import { ledgerFaults } from './ledger.ts';
import { verifierFaults } from './verifier.ts';

export type { Fault, TestCommand } from './fault.ts';

export const faults: readonly Fault[] = [...verifierFaults, ...contractFaults, ...ledgerFaults];

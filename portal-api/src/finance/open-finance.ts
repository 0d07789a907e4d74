// SPDX-License-Identifier: Apache-2.0
import type { Domain } from '../domain.ts';
import type { StatementOf } from '../payments/index.ts';
import type { Platform } from '../platform.ts';
import { financeEndpoints } from './finance.routes.ts';

export function openFinance({ db }: Pick<Platform, 'db'>, needs: { statementOf: StatementOf }): Domain {
  return { endpoints: financeEndpoints({ db, ...needs }) };
}

// SPDX-License-Identifier: Apache-2.0
import { operation } from '../http/operation.ts';
import { reportQuerySchema, reportSchema } from './reports.schema.ts';

export const reportApi = {
  read: operation({
    method: 'get',
    path: '/staff/reports',
    summary: 'What the centre did in some months: orders, review times and money, without names',
    access: { staff: ['admin', 'finance', 'auditor'] },
    query: reportQuerySchema,
    answer: reportSchema,
  }),
};

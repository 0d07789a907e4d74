// SPDX-License-Identifier: Apache-2.0
import { z } from 'zod';
import { operation } from '../../http/operation.ts';
import { pasted } from '../../http/validation.ts';

export const sandboxApi = {
  confirm: operation({
    method: 'post',
    path: '/sandbox/payments/{outTradeNo}/confirmation',
    summary: 'Development only: pay an order of the sandbox, as its page does',
    access: 'anyone',
    params: z.object({ outTradeNo: pasted(z.string().max(32)) }),
    errors: ['payment-not-found', 'payment-unavailable'],
  }),
};

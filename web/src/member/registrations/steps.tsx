// SPDX-License-Identifier: Apache-2.0
import type { Registration, RegistrationState } from '../../api/registrations.ts';
import { Stepper } from '../../kit/stepper.tsx';
import { useMyRegistrationText } from './i18n.ts';

const FORM: readonly RegistrationState[] = ['DRAFT', 'INITIAL_RETURNED', 'FINAL_RETURNED'];

/** 1保存作品 > 2登记版权 > 3支付订单 > 4获取证书; a payment that is waived stays in its place and says so. */
export function RegistrationSteps({ registration }: { registration: Registration }) {
  const text = useMyRegistrationText();
  const { id, state, workId, fee, allowed, certificate } = registration;
  const [save, register, pay, certify] = text.steps;
  const page = `/member/registrations/${id}`;
  const isEditable = allowed.includes('edit');
  const steps = [
    { name: save ?? '', to: isEditable ? `/member/publish/${workId}` : undefined },
    { name: register ?? '', to: isEditable ? `${page}/edit` : page },
    { name: fee.priceFen === 0 ? text.waivedStep : (pay ?? '') },
    { name: certify ?? '', to: certificate ? `${page}/certificate` : undefined },
  ];
  return <Stepper steps={steps} current={FORM.includes(state) ? 1 : state === 'AWAITING_PAYMENT' ? 2 : 3} />;
}

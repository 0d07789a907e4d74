// SPDX-License-Identifier: Apache-2.0
import type { Attestation } from '../../api/attestations.ts';
import { Stepper } from '../../kit/stepper.tsx';
import { useAttestationText } from '../../orders/i18n.ts';

/** 1保存作品 > 2确权存证 > 3支付订单 > 4订单详情 > 5获取证书; `current` counts from 0. */
export function OrderSteps({ attestation, current }: { attestation: Attestation; current: number }) {
  const { steps } = useAttestationText();
  const order = `/member/attestations/${attestation.id}`;
  const isEditable = attestation.allowed.includes('edit');
  const links = [
    isEditable ? `/member/publish/${attestation.workId}` : undefined,
    isEditable ? `/member/attest/${attestation.id}` : undefined,
    undefined,
    order,
    `${order}/certificate`,
  ];
  return <Stepper steps={steps.map((name, index) => ({ name, to: links[index] }))} current={current} />;
}

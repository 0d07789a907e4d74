// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import type { FormEvent } from 'react';
import { Link } from 'react-router';
import type { Attestation } from '../../api/attestations.ts';
import { DraftNote } from '../../kit/draft-note.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { PageTitle } from '../../kit/section.tsx';
import { AttestFiles } from './attest-files.tsx';
import { AttestInfo } from './attest-info.tsx';
import '../orders/orders.css';
import { useAttestationText } from '../../orders/i18n.ts';
import { aboutOf } from '../../orders/labels.ts';
import { ReviewNotice } from '../../orders/review-notice.tsx';
import { ChainNotice } from './chain-notice.tsx';
import { PriceNote, usePrice } from './price-note.tsx';
import { OrderSteps } from './steps.tsx';
import { useAttestForm } from './use-attest-form.ts';

export function AttestForm({ attestation, onReload }: { attestation: Attestation; onReload: () => Promise<void> }) {
  const text = useAttestationText();
  const form = useAttestForm(attestation);
  const { faults, busy } = form;
  const isReturned = attestation.state === 'RETURNED';
  const price = usePrice({ isReturned });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void form.complete();
  };
  return (
    <form onSubmit={submit} noValidate>
      <PageTitle title={text.formTitle} about={aboutOf(attestation)} aside={<DraftNote {...form.autosave} />} />
      <ChainNotice id={attestation.id} />
      {attestation.review && isReturned && <ReviewNotice review={attestation.review} idOf={faults.idOf} />}
      <ErrorList {...faults} />
      {faults.error?.code === 'version-conflict' && (
        <p>
          <Button onClick={() => void onReload()}>{text.view}</Button>
        </p>
      )}
      <AttestInfo form={form} />
      <AttestFiles form={form} />
      <p className="small">
        <Link to={`/member/publish/${attestation.workId}`}>{text.editWork}</Link>
      </p>
      <div className="sticky-bar">
        <div className="sticky-buttons">
          <Button type="primary" size="large" htmlType="submit" loading={busy === 'submit'}>
            {isReturned ? text.resubmit : text.submit}
          </Button>
          <Button size="large" loading={busy === 'save'} onClick={() => void form.save()}>
            {text.save}
          </Button>
          <div className="bar-note">
            <PriceNote price={price} />
            <span className="small" role="status">
              {form.isSaved ? text.savedNow : isReturned ? text.noSecondPayment : text.summaryNext}
            </span>
          </div>
        </div>
        <OrderSteps attestation={attestation} current={1} />
      </div>
    </form>
  );
}

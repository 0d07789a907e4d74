// SPDX-License-Identifier: Apache-2.0
import { Button } from 'antd';
import { useText } from '../i18n/language.ts';

const zh = { waits: '图片正在上传，传完后才会保存。' };
const en: typeof zh = { waits: 'A picture is being uploaded. The form is saved once it has arrived.' };

/** Sends the form that it is in, and says what a save has to wait for. */
export function SaveButton({ label, isSending, isWaiting }: { label: string; isSending: boolean; isWaiting: boolean }) {
  const text = useText({ zh, en });
  return (
    <>
      <Button type="primary" size="large" htmlType="submit" loading={isSending}>
        {label}
      </Button>
      <span role="status" className={isWaiting ? 'small' : 'visually-hidden'}>
        {isWaiting && text.waits}
      </span>
    </>
  );
}

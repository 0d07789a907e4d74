// SPDX-License-Identifier: Apache-2.0
import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { toApiError } from '../api/api-error.ts';
import { ErrorList } from './error-list.tsx';

interface ConfirmProps {
  isOpen: boolean;
  title: string;
  lead: string;
  yes: string;
  no: string;
  children?: ReactNode;
  action: { mutate: () => void; isPending: boolean; error: unknown; reset: () => void };
  onClose: () => void;
}

/** A confirmation before something that cannot be undone; it also shows errors. */
export function Confirm({ isOpen, title, lead, yes, no, children, action, onClose }: ConfirmProps) {
  return (
    <Modal
      open={isOpen}
      title={title}
      okText={yes}
      cancelText={no}
      confirmLoading={action.isPending}
      onOk={() => action.mutate()}
      onCancel={() => {
        action.reset();
        onClose();
      }}
    >
      <p>{lead}</p>
      {children}
      {action.error !== null && action.error !== undefined && <ErrorList error={toApiError(action.error)} />}
    </Modal>
  );
}

// SPDX-License-Identifier: Apache-2.0
// 图册: the pictures of an order, opened over its list.
import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { fill } from '../../i18n/fill.ts';
import { Picture } from '../../kit/picture.tsx';
import { useAttestationText } from '../../orders/i18n.ts';
import './orders.css';

interface PictureButtonProps {
  picture: string | undefined;
  title: string;
  onLook: () => void;
}

/** In a row; nothing to press where there is no picture. */
export function PictureButton({ picture, title, onLook }: PictureButtonProps) {
  const text = useAttestationText();
  if (!picture) return <Picture source={undefined} />;
  return (
    <button type="button" className="picture-button" aria-label={fill(text.lookAt, { name: title })} onClick={onLook}>
      <Picture source={picture} />
    </button>
  );
}

interface PicturesDialogProps {
  /** Undefined: closed. */
  of: { title: string } | undefined;
  children: ReactNode;
  onClose: () => void;
}

export function PicturesDialog({ of, children, onClose }: PicturesDialogProps) {
  const text = useAttestationText();
  return (
    <Modal
      open={of !== undefined}
      title={fill(text.picturesOf, { name: of?.title || text.untitled })}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      {children}
    </Modal>
  );
}

export function PictureSheet({ pictures }: { pictures: readonly { source: string; name: string }[] }) {
  return (
    <ul className="picture-sheet">
      {pictures.map(({ source, name }) => (
        <li key={source}>
          <figure>
            <img src={source} alt={name} />
            <figcaption>{name}</figcaption>
          </figure>
        </li>
      ))}
    </ul>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ChangeEvent, useRef } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { call, link } from '../../api/client.ts';
import { errorSentence } from '../../api/sentences.ts';
import { FieldFault } from '../../kit/field.tsx';
import { useProfileText } from './i18n.ts';

/** 用户头像: sent as soon as it is chosen; the portal keeps its middle as a square. */
export function Avatar({ avatar }: { avatar: string | null }) {
  const text = useProfileText();
  const queries = useQueryClient();
  const box = useRef<HTMLInputElement>(null);
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['me'] });
  const set = useMutation({ mutationFn: (bytes: File) => call('put', '/me/avatar', { bytes }), onSuccess });
  const remove = useMutation({ mutationFn: () => call('delete', '/me/avatar'), onSuccess });
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file) set.mutate(file);
  };
  const error = set.error ?? remove.error;
  return (
    <span className="avatar">
      <AvatarPicture avatar={avatar} alt={text.avatar} />
      <span className="avatar-actions">
        <input
          ref={box}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={text.setAvatar}
          accept="image/png,image/jpeg,image/gif,image/webp"
          onChange={choose}
        />
        <Button loading={set.isPending} onClick={() => box.current?.click()}>
          {avatar === null ? text.setAvatar : text.changeAvatar}
        </Button>
        {avatar !== null && (
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            {text.removeAvatar}
          </Button>
        )}
        <span className="small" role="status">
          {set.isSuccess && avatar !== null ? text.avatarSaved : text.avatarHint}
        </span>
        {error !== null && <FieldFault text={errorSentence(toApiError(error).code)} />}
      </span>
    </span>
  );
}

/** Nothing of it lies in a cache that others read: the address is new with each picture. */
export function AvatarPicture({ avatar, alt }: { avatar: string | null; alt: string }) {
  if (avatar === null) return <span className="avatar-empty" aria-hidden="true" />;
  return (
    <img className="avatar-picture" src={`${link('/me/avatar', {})}?${avatar}`} alt={alt} width={72} height={72} />
  );
}

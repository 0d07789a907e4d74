// SPDX-License-Identifier: Apache-2.0
// Over the page, when terms or privacy have a newer version than the member agreed to: agree, or log out.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { toApiError } from '../api/api-error.ts';
import { call } from '../api/client.ts';
import { type Me, useLogOut } from '../api/session.ts';
import { fill } from '../i18n/fill.ts';
import { useText } from '../i18n/language.ts';
import { formatTime } from '../ui/format.ts';
import { ErrorList } from './error-list.tsx';

const zh = {
  title: '协议已更新',
  lead: '以下内容有新的版本。请阅读，同意后继续使用。',
  names: { terms: '用户协议', privacy: '隐私说明' },
  since: '{time} 起为第 {version} 版',
  newest: '阅读新版',
  before: '您同意过的第 {version} 版',
  changes: '查看修改',
  accept: '同意并继续',
  logOut: '退出登录',
};

const en: typeof zh = {
  title: 'Updated terms',
  lead: 'There is a new version of the following. Read it and accept it to continue.',
  names: { terms: 'Terms of use', privacy: 'Privacy notice' },
  since: 'Version {version} since {time}',
  newest: 'Read the new version',
  before: 'Version {version}, which you accepted',
  changes: 'Show what changed',
  accept: 'Accept and continue',
  logOut: 'Log out',
};

export function AgreementDialog({ me }: { me: Me }) {
  const text = useText({ zh, en });
  const queries = useQueryClient();
  const logOut = useLogOut();
  const asked = me.agreements.filter(({ accepted, current }) => current.version > accepted.version);
  const accept = useMutation({
    mutationFn: () => {
      const agreements = asked.map(({ slug, current }) => ({ slug, version: current.version }));
      return call('post', '/me/agreements', { body: { agreements } });
    },
    // Also when it was refused: a still newer version is shown then.
    onSettled: () => queries.invalidateQueries({ queryKey: ['me'] }),
  });
  return (
    <Modal
      open={asked.length > 0}
      title={text.title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={[
        <Button key="leave" onClick={() => void logOut()}>
          {text.logOut}
        </Button>,
        <Button key="accept" type="primary" loading={accept.isPending} onClick={() => accept.mutate()}>
          {text.accept}
        </Button>,
      ]}
    >
      <p>{text.lead}</p>
      {accept.error && <ErrorList error={toApiError(accept.error)} />}
      <ul>
        {asked.map(({ slug, accepted, current }) => (
          <li key={slug}>
            <strong>{text.names[slug]}</strong>{' '}
            {fill(text.since, { time: formatTime(current.savedAt), version: current.version })}
            <br />
            <a href={`/pages/${slug}`} target="_blank" rel="noreferrer">
              {text.newest}
            </a>{' '}
            <a
              href={`/pages/${slug}?version=${current.version}&since=${accepted.version}`}
              target="_blank"
              rel="noreferrer"
            >
              {text.changes}
            </a>{' '}
            <a href={`/pages/${slug}?version=${accepted.version}`} target="_blank" rel="noreferrer">
              {fill(text.before, { version: accepted.version })}
            </a>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

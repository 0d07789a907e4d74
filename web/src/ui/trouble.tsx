// SPDX-License-Identifier: Apache-2.0
// What a page shows when one of its scripts cannot be loaded or fails, and the bar that offers a newer build. Neither
// needs more than what the first script brought.
import { Component, type ReactNode, useState } from 'react';
import { useText } from '../i18n/language.ts';
import { type PageFile, readPage, useNewBuild } from './new-build.ts';
import './trouble.css';

const zh = {
  title: '页面没有载入完整',
  lead: '可能是网络断开，也可能是平台刚刚更新。已保存的内容不受影响。',
  reload: '重新载入',
  unreachable: '还是没有收到平台的回应。请检查网络，稍后再试。',
  isNew: '平台已更新。请重新载入页面，以免操作失败；已填内容会保留。',
};
const en: typeof zh = {
  title: 'The page did not load completely',
  lead: 'The network may be down, or the platform was just updated. What was saved is safe.',
  reload: 'Reload',
  unreachable: 'The platform still does not answer. Check your network and try again shortly.',
  isNew: 'The platform was updated. Reload the page before you go on; what you typed is kept.',
};

/** Instead of a white page. Reloads once the site answers: the browser's own error page would lead nowhere. */
export function LoadFailure({ page }: { page: PageFile }) {
  const text = useText({ zh, en });
  const [said, setSaid] = useState('');
  const reload = async () => {
    setSaid('');
    if ((await readPage(page)) === undefined) setSaid(text.unreachable);
    else window.location.reload();
  };
  return (
    <section className="load-failure" aria-labelledby="load-failure">
      <h1 id="load-failure">{text.title}</h1>
      <p>{text.lead}</p>
      <button type="button" onClick={() => void reload()}>
        {text.reload}
      </button>
      <p role="status">{said}</p>
    </section>
  );
}

/** Shows LoadFailure for whatever its children throw. React asks for a class here. */
export class Guard extends Component<{ page: PageFile; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <LoadFailure page={this.props.page} /> : this.props.children;
  }
}

export function NewBuildBar({ page }: { page: PageFile }) {
  const text = useText({ zh, en });
  const isNew = useNewBuild(page);
  return (
    <div role="status">
      {isNew && (
        <div className="new-build">
          {text.isNew}
          <button type="button" onClick={() => window.location.reload()}>
            {text.reload}
          </button>
        </div>
      )}
    </div>
  );
}

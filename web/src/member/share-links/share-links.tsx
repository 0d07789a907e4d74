// SPDX-License-Identifier: Apache-2.0
// 分享链接 of a certificate: makes them, shows how often and when each was opened, and ends them.
import { Button } from 'antd';
import { useState } from 'react';
import { type MadeShareLink, type SharedOrder, useShareLinks } from '../../api/share-links.ts';
import { Section } from '../../kit/section.tsx';
import { useShareText } from './i18n.ts';
import { LinkRows } from './link-rows.tsx';
import { MadeLink } from './made-link.tsx';
import { MakeForm } from './make-form.tsx';
import './share-links.css';

export function ShareLinks(order: SharedOrder) {
  const text = useShareText();
  const { data } = useShareLinks(order.kind, order.id);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<MadeShareLink>();
  const items = data?.items ?? [];
  const close = (link?: MadeShareLink) => {
    setMaking(false);
    if (link) setMade(link);
  };
  return (
    <Section title={text.title}>
      <p className="small">{text.lead}</p>
      {/* Announced as it appears. */}
      <div role="status">{made && !isMaking && <MadeLink made={made} />}</div>
      {isMaking ? (
        <MakeForm {...order} onClose={close} />
      ) : (
        <div className="form-actions">
          <Button size="large" onClick={() => setMaking(true)}>
            {items.length > 0 ? text.makeAnother : text.make}
          </Button>
        </div>
      )}
      {items.length > 0 && <LinkRows {...order} items={items} />}
    </Section>
  );
}

// SPDX-License-Identifier: Apache-2.0
// + 添加存证人, + 添加作者: one more of 人员档案. Whoever is in the form already is not offered again.
import { Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type RightHolder, useRightHolders } from '../../api/right-holders.ts';
import { fill } from '../../i18n/fill.ts';
import { useAttestationText } from '../../orders/i18n.ts';

interface HolderChoiceProps {
  as: 'OWNER' | 'AUTHOR';
  /** What the button says. */
  label: string;
  taken: readonly string[];
  onChoose: (rightHolderId: string) => void;
}

export function HolderChoice({ as, label, taken, onChoose }: HolderChoiceProps) {
  const text = useAttestationText();
  const [isOpen, setOpen] = useState(false);
  const holders = useRightHolders(as);
  const free = (holders.data?.items ?? []).filter(({ id }) => !taken.includes(id));
  if (!isOpen)
    return (
      <button type="button" className="link-button" onClick={() => setOpen(true)}>
        + {label}
      </button>
    );
  return (
    <span className="holder-choice">
      <Select
        autoFocus
        aria-label={label}
        placeholder={text.choosePerson}
        loading={holders.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        value={null}
        options={free.map((holder) => ({ value: holder.id, label: nameOf(holder), disabled: isExpired(holder) }))}
        notFoundContent={text.nobody}
        onChange={(id) => {
          if (id) onChoose(id);
          setOpen(false);
        }}
      />
      <Link to="/member/people/new">{text.newPerson}</Link>
    </span>
  );

  function nameOf(holder: RightHolder): string {
    const { name, documentNumber } = holder;
    const words = fill(text.holder, { name, idNumber: documentNumber });
    return isExpired(holder) ? `${words} · ${text.documentExpired}` : words;
  }
}

const isExpired = ({ documentState }: RightHolder): boolean => documentState === 'EXPIRED';

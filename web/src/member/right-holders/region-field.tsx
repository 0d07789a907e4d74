// SPDX-License-Identifier: Apache-2.0
// 省市自治区行政区域: province, city and county by their codes of GB/T 2260. The list comes with this form alone.
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { Field } from '../../kit/field.tsx';
import { Loaded } from '../../kit/states.tsx';
import { type AreaNames, type Areas, useAreas } from '../../orders/areas.ts';
import { useHolderText } from './i18n.ts';
import './right-holders.css';

interface RegionFieldProps {
  id: string;
  value: string;
  error: string | undefined;
  /** Whose it is, where the form has several people. */
  label?: string;
  hint?: ReactNode;
  onChange: (region: string) => void;
}

export function RegionField({ id, value, error, label, hint, onChange }: RegionFieldProps) {
  const text = useHolderText();
  const areas = useAreas();
  return (
    <Field id={id} label={label ?? text.region} isRequired isGroup isWide error={error} hint={hint ?? text.regionHint}>
      {(control) => (
        <div className="region" id={id} tabIndex={-1} aria-describedby={control['aria-describedby']}>
          <Loaded query={areas}>{(list) => <Choices areas={list} value={value} onChange={onChange} />}</Loaded>
        </div>
      )}
    </Field>
  );
}

function Choices({ areas, value, onChange }: { areas: Areas } & Pick<RegionFieldProps, 'value' | 'onChange'>) {
  const text = useHolderText();
  // What is chosen above a county that is not chosen yet; the form keeps whole codes alone.
  const [place, setPlace] = useState(value);
  const province = (value || place).slice(0, 2);
  const city = (value || place).slice(0, 4);
  const choose = (code: string) => {
    setPlace(code);
    if (value !== '') onChange('');
  };
  return (
    <>
      <Place
        label={text.province}
        names={areas.province_list}
        value={`${province}0000`}
        onChange={(code) => choose(code.slice(0, 2))}
      />
      <Place
        label={text.city}
        names={startingWith(areas.city_list, province)}
        value={city.length === 4 ? `${city}00` : ''}
        onChange={(code) => choose(code.slice(0, 4))}
      />
      <Place
        label={text.county}
        names={city.length === 4 ? startingWith(areas.county_list, city) : {}}
        value={value}
        onChange={onChange}
      />
    </>
  );
}

function startingWith(names: AreaNames, prefix: string): AreaNames {
  return prefix === '' ? {} : Object.fromEntries(Object.entries(names).filter(([code]) => code.startsWith(prefix)));
}

interface PlaceProps {
  label: string;
  names: AreaNames;
  value: string;
  onChange: (code: string) => void;
}

function Place({ label, names, value, onChange }: PlaceProps) {
  return (
    <Select
      aria-label={label}
      placeholder={label}
      showSearch={{ optionFilterProp: 'label' }}
      value={names[value] ? value : null}
      options={Object.entries(names).map(([code, name]) => ({ value: code, label: name }))}
      onChange={(code) => code && onChange(code)}
    />
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Radio } from 'antd';
import { DayPicker } from '../../kit/day-picker.tsx';
import { Field } from '../../kit/field.tsx';
import { todayInChina } from '../../kit/inputs.tsx';
import { useHolderText } from './i18n.ts';
import type { PartProps } from './part-props.ts';

const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** 证件有效期: without an end, or from a day to a day. */
export function ValidityField({ values, change, faults }: PartProps) {
  const text = useHolderText();
  const { validity } = values;
  const fault = ['validity', 'validity.from', 'validity.to'].map(faults.sentenceOf).find(Boolean);
  const id = faults.idOf('validity');
  const day = (end: 'from' | 'to', label: string) =>
    validity?.kind === 'PERIOD' && (
      <DayPicker
        id={faults.idOf(`validity.${end}`)}
        aria-label={label}
        {...(fault && { status: 'error' as const })}
        value={validity[end] ?? null}
        onChange={(chosen) =>
          change(({ validity: last }) => (last?.kind === 'PERIOD' ? { validity: { ...last, [end]: chosen } } : {}))
        }
      />
    );
  const ends = validity?.kind === 'PERIOD' ? validity.to : null;
  return (
    <Field id={id} label={text.validity} isRequired isGroup isWide error={fault} hint={isSoon(ends) && text.soon}>
      {(control) => (
        <div role="radiogroup" aria-labelledby={`${id}-label`} aria-describedby={control['aria-describedby']} id={id}>
          <Radio.Group
            value={validity?.kind ?? null}
            options={(['PERIOD', 'PERMANENT'] as const).map((value) => ({ value, label: text.validities[value] }))}
            onChange={({ target }) =>
              change({
                validity: target.value === 'PERIOD' ? { kind: 'PERIOD', from: null, to: null } : { kind: 'PERMANENT' },
              })
            }
          />
          {validity?.kind === 'PERIOD' && (
            <div className="two-days">
              {day('from', text.from)} <span>~</span> {day('to', text.to)}
            </div>
          )}
        </div>
      )}
    </Field>
  );
}

function isSoon(day: string | null | undefined): boolean {
  if (!day || day < todayInChina()) return false;
  return new Date(day).getTime() - Date.now() < SOON_DAYS * DAY_MS;
}

// SPDX-License-Identifier: Apache-2.0
// A day, typed or chosen, shown as 2025-06-01 in every browser and language.
import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import 'dayjs/locale/zh-cn';
import { dayIn } from './day.ts';
import type { ControlProps } from './field.tsx';

const FORMAT = 'YYYY-MM-DD';

interface DayPickerProps extends Partial<ControlProps> {
  value: string | null;
  /** What is typed and is no day is handed on as it is: the form names it, nothing typed vanishes. */
  onChange: (day: string | null) => void;
  max?: string | undefined;
  'aria-label'?: string;
}

export function DayPicker({ value, onChange, max, ...control }: DayPickerProps) {
  const day = value === null ? undefined : dayIn(value);
  const choose = (chosen: Dayjs | Dayjs[] | null) => {
    const [first] = [chosen].flat();
    onChange(first?.format(FORMAT) ?? null);
  };
  return (
    <DatePicker
      {...control}
      className="whole"
      format={FORMAT}
      placeholder={FORMAT}
      value={day ? dayjs(day) : null}
      minDate={dayjs('1000-01-01')}
      {...(max && { maxDate: dayjs(max) })}
      preserveInvalidOnBlur
      onChange={choose}
      onCalendarChange={choose}
      onBlur={({ target }) => {
        const typed = target instanceof HTMLInputElement ? target.value : '';
        const next = dayIn(typed) ?? (typed.trim() || null);
        if (next !== value) onChange(next);
      }}
    />
  );
}

// SPDX-License-Identifier: Apache-2.0
// A day, typed or chosen, shown as 2025-06-01 in every browser and language.
import { DatePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type FocusEvent, useState } from 'react';
import { dayIn } from './day.ts';
import type { ControlProps } from './field.tsx';

const FORMAT = 'YYYY-MM-DD';

interface DayPickerProps extends Partial<ControlProps> {
  value: string | null;
  /** What is typed and is not a day is handed on as it is: the form names it, nothing typed vanishes. */
  onChange: (day: string | null) => void;
  max?: string | undefined;
  'aria-label'?: string;
}

export function DayPicker({ value, onChange, max, ...control }: DayPickerProps) {
  const [isOpen, setOpen] = useState(false);
  const day = value === null ? undefined : dayIn(value);
  const choose = (chosen: Dayjs | Dayjs[] | null) => {
    const [first] = [chosen].flat();
    onChange(first?.format(FORMAT) ?? null);
  };
  // By itself it stays open, over the next fields, when Tab leaves it through the button that clears the field.
  const closedWhenLeft = {
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget) && !relatedTarget?.closest('.ant-picker-dropdown')) setOpen(false);
    },
  };
  return (
    <div {...closedWhenLeft}>
      <DatePicker
        {...control}
        className="whole"
        format={FORMAT}
        placeholder={FORMAT}
        value={day ? dayjs(day) : null}
        minDate={dayjs('1000-01-01')}
        {...(max && { maxDate: dayjs(max) })}
        preserveInvalidOnBlur
        // The field must never show, and so keep, a day that merely lies under the mouse.
        previewValue={false}
        open={isOpen}
        onOpenChange={setOpen}
        onChange={choose}
        onCalendarChange={choose}
        onBlur={({ target }) => {
          // The calendar reports here that it loses the focus, too: as it closes, after a day was chosen.
          if (!(target instanceof HTMLInputElement)) return;
          const next = dayIn(target.value) ?? (target.value.trim() || null);
          if (next !== value) onChange(next);
        }}
      />
    </div>
  );
}

// SPDX-License-Identifier: Apache-2.0
// A month, typed or chosen, shown as 2026-11 in every browser and language.
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import type { ControlProps } from '../../kit/field.tsx';

const FORMAT = 'YYYY-MM';

interface MonthPickerProps extends Partial<ControlProps> {
  value: string;
  max: string;
  onChange: (month: string) => void;
}

export function MonthPicker({ value, max, onChange, ...control }: MonthPickerProps) {
  const month = dayjs(`${value}-01`);
  return (
    <DatePicker
      {...control}
      className="whole"
      picker="month"
      format={FORMAT}
      placeholder={FORMAT}
      allowClear={false}
      value={month.isValid() ? month : null}
      minDate={dayjs('2020-01-01')}
      maxDate={dayjs(`${max}-01`).endOf('month')}
      previewValue={false}
      onChange={(chosen) => chosen && onChange(chosen.format(FORMAT))}
    />
  );
}

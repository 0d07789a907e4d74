// SPDX-License-Identifier: Apache-2.0
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import type { Filters } from './filters.ts';
import { useAuditText } from './i18n.ts';

export function AuditFilters({ filters, onFilter }: { filters: Filters; onFilter: (next: Filters) => void }) {
  const text = useAuditText();
  const [values, setValues] = useState(filters);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onFilter(Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== '')));
  };
  const field = (name: keyof Filters, type: 'text' | 'date' = 'text') => (
    <label key={name} className="audit-filter" htmlFor={`audit-${name}`}>
      <span>{text[name]}</span>
      <Input
        id={`audit-${name}`}
        type={type}
        value={values[name] ?? ''}
        maxLength={100}
        onChange={({ target }) => setValues((last) => ({ ...last, [name]: target.value }))}
      />
    </label>
  );
  return (
    <form className="audit-filters" onSubmit={submit}>
      {field('actor')}
      {field('action')}
      {field('subject')}
      {field('from', 'date')}
      {field('to', 'date')}
      <div className="audit-filter-actions">
        <Button type="primary" htmlType="submit">
          {text.filter}
        </Button>
        {Object.keys(filters).length > 0 && <Button onClick={() => onFilter({})}>{text.clear}</Button>}
      </div>
      <p className="small audit-hint">{text.hint}</p>
    </form>
  );
}

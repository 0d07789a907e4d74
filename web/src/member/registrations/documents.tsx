// SPDX-License-Identifier: Apache-2.0
// 证书文件上传: what the choices demand, and what is left over from other choices; and the checklist of all of it.

import { fill } from '../../i18n/fill.ts';
import { Section } from '../../kit/section.tsx';
import { useRegistrationNames } from '../../orders/registration-labels.ts';
import { ALWAYS, isOwnershipSettled, OFFERED, proofsFor } from './demands.ts';
import { DocumentField } from './document-field.tsx';
import { useMyRegistrationText } from './i18n.ts';
import type { RegistrationFormState } from './use-registration-form.ts';

export function Proofs({ form }: { form: RegistrationFormState }) {
  const text = useMyRegistrationText();
  const proofs = proofsFor(form.values, form.residence);
  const called = [...proofs, ...ALWAYS, ...OFFERED];
  const needless = [...new Set(form.values.documents.map(({ kind }) => kind))].filter((kind) => !called.includes(kind));
  return (
    <Section title={text.proofs} aside={text.proofsAside}>
      {!isOwnershipSettled(form.values) && <p className="small">{text.proofsOpen}</p>}
      {proofs.map((kind) => (
        <DocumentField key={kind} form={form} kind={kind} isRequired />
      ))}
      {needless.length > 0 && <p className="notice">{text.needless}</p>}
      {needless.map((kind) => (
        <DocumentField key={kind} form={form} kind={kind} isNeedless />
      ))}
    </Section>
  );
}

/** 材料清单: what is demanded, what of it is there, and the way to it. */
export function Checklist({ form }: { form: RegistrationFormState }) {
  const text = useMyRegistrationText();
  const { documentKinds } = useRegistrationNames();
  const demanded = [...proofsFor(form.values, form.residence), ...ALWAYS];
  const isGiven = (kind: string) => form.values.documents.some((document) => document.kind === kind);
  return (
    <Section title={text.checklist}>
      <p role="status">{fill(text.checklistLead, { count: demanded.length, done: demanded.filter(isGiven).length })}</p>
      <ul className="checklist">
        {demanded.map((kind) => (
          <li key={kind} className={isGiven(kind) ? 'is-given' : ''}>
            <span aria-hidden="true">{isGiven(kind) ? '✓' : '○'}</span>{' '}
            <a href={`#${form.faults.idOf(`documents.${kind}`)}`}>{documentKinds[kind]}</a>{' '}
            <span className="small">{isGiven(kind) ? text.given : text.missing}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

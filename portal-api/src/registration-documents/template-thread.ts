// SPDX-License-Identifier: Apache-2.0
// What the threads of template-maker.ts run.
import type { TemplateFacts } from './template-facts.ts';
import type { TemplateKind } from './template-names.ts';
import { makeTemplate } from './templates.ts';

export interface TemplateRequest {
  kind: TemplateKind;
  facts: TemplateFacts;
}

export function make({ kind, facts }: TemplateRequest): Promise<Buffer> {
  return makeTemplate(kind, facts);
}

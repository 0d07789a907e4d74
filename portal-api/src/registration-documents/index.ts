// SPDX-License-Identifier: Apache-2.0
export {
  ACQUISITION_MODES,
  type AcquisitionMode,
  DOCUMENT_KINDS,
  type DocumentKind,
  OWNERSHIP_MODES,
  type OwnershipMode,
  SERVICE_KINDS,
  type ServiceKind,
} from './kinds.ts';
export { type DocumentDemand, type DocumentFacts, documentsFor } from './requirements.ts';
export type { TemplateFacts, TemplatePerson } from './template-facts.ts';
export { createTemplateMaker, type TemplateMaker } from './template-maker.ts';
export { TEMPLATES, type TemplateKind, templateFileName } from './template-names.ts';

// SPDX-License-Identifier: Apache-2.0
export { type Change, changeSchema, fileChanges, listChanges, textChange } from './changes.ts';
export {
  COUNTER_FILING,
  type CounterFiling,
  createdStep,
  eraseMandate,
  type FilingRow,
  hasFiled,
  submittedSteps,
  submitterOf,
} from './counter-filing.ts';
export { DECISIONS, type Decision, decisionSchema } from './decisions.ts';
export { APPLICANT, noteLook, summaryForStaff, viewForStaff } from './for-staff.ts';
export { type HistoryEntry, inOrder, shownEntry } from './history.ts';
export { isOwnAmong, NAMED_ORDER, namedOrder, ordersNamed } from './named-orders.ts';
export {
  lockRecord,
  ORDER_KINDS,
  type OrderKey,
  type OrderKind,
  orderIdOf,
  orderKeyOf,
  orderKindOf,
  type RecordKey,
  recordIdOf,
  recordKeyOf,
  recordKindOf,
} from './order-key.ts';
export { newOrderNumber, orderNumberIn } from './order-number.ts';
export { reasonSchema } from './reasons.ts';
export { titleIn } from './title.ts';

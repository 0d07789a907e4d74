// SPDX-License-Identifier: Apache-2.0
// The registration form at work: draft, uploads, saving, and whether it can be submitted.
import { useEffect, useState } from 'react';
import { call } from '../../api/client.ts';
import type { DocumentKind, Registration, RegistrationForm } from '../../api/registrations.ts';
import { registrationLabel, useRegistrationNames } from '../../orders/registration-labels.ts';
import { useOrderForm } from '../orders/use-order-form.ts';
import type { FileRow } from '../uploads/file-row.ts';
import { uploadQueue, useUploads } from '../uploads/upload-queue.ts';
import { useResidence } from './residence.ts';

export function useRegistrationForm(registration: Registration) {
  const { id, state } = registration;
  const names = useRegistrationNames();
  const form = useOrderForm<RegistrationForm, Registration>({
    order: registration,
    kind: 'registration',
    prefix: 'registration',
    labelOf: (field, { documents }) => registrationLabel(field, names, documents),
    send: (body) => call('put', '/registrations/{id}', { params: { id }, body }),
    listOfOwnFaults: 'documents',
  });
  /** What is about to be submitted, once nothing is missing. */
  const [confirming, setConfirming] = useState<Registration>();
  const complete = () =>
    form.run('submit', async () => {
      const saved = await form.put(form.current());
      form.settle(saved);
      await call('post', '/registrations/{id}/completeness', { params: { id }, body: {} });
      form.faults.clear();
      setConfirming(saved);
    });
  const isReturned = state === 'INITIAL_RETURNED' || state === 'FINAL_RETURNED';
  const review = isReturned ? registration.review : null;
  const documents = useDocuments(form);
  const residence = useResidence(form.values);
  return { ...form, ...documents, residence, registration, isReturned, review, complete, confirming, setConfirming };
}

export type RegistrationFormState = ReturnType<typeof useRegistrationForm>;

type FormOfDocuments = Pick<
  ReturnType<typeof useOrderForm<RegistrationForm, Registration>>,
  'values' | 'change' | 'faults' | 'draftKey'
>;

/** Adding and removing documents. Uploads that the form waits for join it as soon as the portal has named them. */
function useDocuments({ values, change, faults, draftKey }: FormOfDocuments) {
  const items = useUploads();
  const ownerOf = (kind: DocumentKind) => `${draftKey}:${kind}`;
  const clearFaults = (kind: DocumentKind) => {
    faults.clear(`documents.${kind}`);
    // The places of the others change.
    for (const index of values.documents.keys()) faults.clear(`documents.${index}`);
  };
  useEffect(() => {
    const arrived = items.flatMap(({ owner, uploadId }) => {
      const [, kind] = owner.split(`${draftKey}:`);
      return kind && uploadId ? [{ kind: kind as DocumentKind, uploadId }] : []; // made by ownerOf
    });
    const isIn = (documents: RegistrationForm['documents'], one: { kind: DocumentKind; uploadId: string }) =>
      documents.some(({ kind, uploadId }) => kind === one.kind && uploadId === one.uploadId);
    const missing = arrived.filter((document) => !isIn(values.documents, document));
    if (missing.length === 0) return;
    for (const { kind } of missing) faults.clear(`documents.${kind}`);
    change(({ documents }) => ({
      documents: [...documents, ...missing.filter((document) => !isIn(documents, document))],
    }));
  });
  return {
    ownerOf,
    addFiles: (kind: DocumentKind, files: readonly File[]) => {
      for (const file of files) uploadQueue.add(file, ownerOf(kind));
    },
    sendAgain: (kind: DocumentKind, row: FileRow, file: File) => uploadQueue.add(file, ownerOf(kind), row.uploadId),
    removeFile: (kind: DocumentKind, row: FileRow) => {
      if (row.item?.owner === ownerOf(kind)) uploadQueue.remove(row.item.key);
      clearFaults(kind);
      change(({ documents }) => ({
        documents: documents.filter((each) => each.kind !== kind || each.uploadId !== row.uploadId),
      }));
    },
  };
}

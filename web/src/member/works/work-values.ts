// SPDX-License-Identifier: Apache-2.0
// What the publish form holds, and what it sends.
import type { Work, WorkFile, WorkForm } from '../../api/works.ts';

export interface WorkValues {
  title: string;
  intro: string;
  creatorNature: WorkForm['creatorNature'];
  publishCategory: WorkForm['publishCategory'];
  workType: WorkForm['workType'];
  tags: string[];
  completedOn: string | null;
  files: string[];
  cover: string | null;
  display: { uploadId: string; derivedFrom?: string }[];
}

export const EMPTY_WORK: WorkValues = {
  title: '',
  intro: '',
  creatorNature: null,
  publishCategory: null,
  workType: null,
  tags: [],
  completedOn: null,
  files: [],
  cover: null,
  display: [],
};

export function valuesOf(work: Work): WorkValues {
  const { title, intro, creatorNature, publishCategory, workType, tags, completedOn, files, cover, display } = work;
  return {
    title,
    intro,
    creatorNature,
    publishCategory,
    workType,
    tags,
    completedOn,
    files: files.map(({ uploadId }) => uploadId),
    cover: cover?.uploadId ?? null,
    display: display.map(({ uploadId, derivedFrom }) => ({ uploadId, ...(derivedFrom && { derivedFrom }) })),
  };
}

export function formOf(values: WorkValues, state: WorkForm['state']): WorkForm {
  return {
    ...values,
    files: values.files.map((uploadId) => ({ uploadId })),
    display: values.display.map(({ uploadId, derivedFrom }) => ({
      uploadId,
      // The file it was taken from may have been removed since.
      ...(derivedFrom && values.files.includes(derivedFrom) && { derivedFrom }),
    })),
    state,
  };
}

/** Every file that the portal knows of the work, by upload. */
export function filesOf(work: Work | undefined): Map<string, WorkFile> {
  const files = work ? [...work.files, ...work.display, ...(work.cover ? [work.cover] : [])] : [];
  return new Map(files.map((file) => [file.uploadId, file]));
}

/** Every upload that the form names. */
export function namedBy({ files, cover, display }: WorkValues): string[] {
  return [...files, ...(cover === null ? [] : [cover]), ...display.map(({ uploadId }) => uploadId)];
}

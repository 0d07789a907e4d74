// SPDX-License-Identifier: Apache-2.0
// Sending a form whose pictures are sent as soon as they are chosen: a save waits for those that are still under way.
import { type FormEvent, useRef, useState } from 'react';
import type { Autosave } from './draft.ts';
import type { FormFaults } from './form.ts';

export interface PictureUploads {
  isBusy: boolean;
  /** Counts an upload as under way until it has ended; it answers whether it succeeded. */
  track(upload: Promise<boolean>): void;
  /** Waits until nothing is under way; false when one of those that it waited for failed. */
  arrived(): Promise<boolean>;
}

export function usePictureUploads(): PictureUploads {
  const underWay = useRef(new Set<Promise<boolean>>());
  const [count, setCount] = useState(0);
  const recount = () => setCount(underWay.current.size);
  return {
    isBusy: count > 0,
    track(upload) {
      underWay.current.add(upload);
      recount();
      void upload.finally(() => {
        underWay.current.delete(upload);
        recount();
      });
    },
    async arrived() {
      let isComplete = true;
      while (underWay.current.size > 0) {
        const outcomes = await Promise.all(underWay.current);
        isComplete &&= outcomes.every(Boolean);
      }
      return isComplete;
    },
  };
}

interface SubmissionOptions {
  pictures: PictureUploads;
  autosave: Autosave;
  faults: FormFaults;
  send: () => Promise<void>;
}

/** Sends once, however often it is asked to meanwhile. A picture that failed keeps the form from being sent, and says why. */
export function useSubmission({ pictures, autosave, faults, send }: SubmissionOptions) {
  const [isSending, setSending] = useState(false);
  const isUnderWay = useRef(false);
  const newest = useRef(send);
  newest.current = send;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setSending(true);
    try {
      if (!(await pictures.arrived())) return;
      await autosave.stop();
      await newest.current();
    } catch (error) {
      faults.fail(error);
      autosave.restart();
    } finally {
      isUnderWay.current = false;
      setSending(false);
    }
  };
  return { isSending, submit };
}

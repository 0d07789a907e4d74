// The sentences of the human output. The types make every code have one: a missing one does not compile.

import type { ContainerCode } from '../src/containers/index.ts';
import type {
  CheckCode,
  CheckName,
  EntryKind,
  Headline,
  HeadlineNote,
  Note,
  NotRunReason,
  PackageEntryFact,
  ReadingCode,
  Report,
  StatedRole,
  TrustCode,
} from '../src/index.ts';
import type { Language } from './arguments.ts';
import type { InputCode } from './input-error.ts';
import type { ReceiptMessages } from './receipt-messages.ts';

export interface Catalogue {
  readonly language: Language;
  readonly marks: Readonly<Record<'colon' | 'semicolon' | 'comma' | 'and' | 'open' | 'close', string>>;
  /** A phrase of a finding; undefined leaves it as it is. */
  readonly phrase: (english: string) => string | undefined;
  /** Why Node could not do something, by its code; `undefined` for a code without a sentence of ours. */
  readonly causeOf: (cause: Error & { readonly code?: string }) => string | undefined;
  readonly help: string;
  readonly headlines: Readonly<Record<Headline, string>>;
  readonly backing: Readonly<Record<Report['backing'], string>>;
  readonly kinds: Readonly<Record<EntryKind | 'absence', string>>;
  /** What a check shows when it passes. */
  readonly checks: Readonly<Record<CheckName, { readonly title: string; readonly shows: string }>>;
  readonly codes: Readonly<Record<CheckCode | ReadingCode | TrustCode, string>>;
  readonly reasons: Readonly<Record<NotRunReason, string>>;
  readonly notes: Readonly<Record<Note, string>>;
  /** Why an input cannot be used; `{}` stands for the path or option. */
  readonly inputs: Readonly<Record<InputCode, string>>;
  readonly containers: Readonly<Record<ContainerCode, string>>;
  /** What the headline adds, each a short phrase; `{names}` stands for entries of a package. */
  readonly headlineNotes: Readonly<Record<HeadlineNote, string>>;
  readonly roles: Readonly<Record<'sums' | 'known' | 'unaccounted', string>> &
    Readonly<
      Record<
        'original' | 'document' | 'process' | 'time-stamp' | 'certificate' | 'listed',
        Readonly<Record<PackageEntryFact['outcome'], string>>
      >
    >;
  /** Kinds of works, by the code that our sections have. */
  readonly workTypes: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<Label, string>>;
  readonly receipts: ReceiptMessages;
}

export type Label =
  | 'package'
  | 'stated-in-proof'
  | 'title'
  | 'work-type'
  | StatedRole
  | 'share'
  | 'listed-file'
  | 'verified-at'
  | 'program'
  | 'proof-digest'
  | 'trust-digest'
  | 'trust-files'
  | 'key-fingerprint'
  | 'trust-differences'
  | 'trust-agree'
  | 'signed-by'
  | 'says-nothing'
  | 'number'
  | 'registry'
  | 'digest'
  | 'sm3'
  | 'interval'
  | 'claimed-interval'
  | 'claims'
  | 'interval-sentence'
  | 'block'
  | 'validators'
  | 'sealed'
  | 'not-sealed'
  | 'trust-file'
  | 'not-revoked'
  | 'witnessed'
  | 'witness'
  | 'renewal'
  | 'no-authority'
  | 'no-chain'
  | 'own-chain'
  | 'court'
  | 'files'
  | 'match'
  | 'mismatch'
  | 'compared'
  | 'stated'
  | 'hints'
  | 'checks'
  | 'notes'
  | 'expected'
  | 'found';

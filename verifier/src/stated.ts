// What the disclosed sections say of the work, its people and files: stated by whoever put them on record, and shown so that
// a reader can compare it with the paper. Members of another form than ours are left out.
import type { Bundle } from './bundle/bundle.ts';
import { listedFilesOf } from './bundle/parse.ts';
import type { JsonValue } from './encoding/json.ts';
import { shareIn } from './shares.ts';

const STATED_ROLES = ['depositor', 'author', 'owner', 'applicant', 'agent'] as const;
export type StatedRole = (typeof STATED_ROLES)[number];

export interface StatedPerson {
  readonly role: StatedRole;
  readonly name?: string;
  readonly idNumber?: string;
  /** 份额, in hundredths of a percent. */
  readonly shareBasisPoints?: number;
}

/** What the disclosed sections say of the work; the checks show that it was put on record, never that it is true. */
export interface Stated {
  readonly title?: string;
  readonly workType?: string;
  readonly workTypeNote?: string;
  readonly people: readonly StatedPerson[];
  readonly files: readonly { readonly name: string; readonly size: string; readonly sha256: string }[];
}

export function statedIn(bundle: Bundle): Stated {
  const contents = new Map((bundle.sections ?? []).map(({ name, content }) => [name, membersOf(content)]));
  const { title, workType, workTypeNote } = contents.get('work') ?? {};
  const people = [...contents].flatMap(([name, members]) =>
    name.startsWith('party:') ? [personOf(name, members, contents)] : [],
  );
  const files = listedFilesOf(bundle) ?? [];
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof workType === 'string' && { workType }),
    ...(typeof workTypeNote === 'string' && workTypeNote !== '' && { workTypeNote }),
    people,
    files: files.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
  };
}

type Members = Readonly<Record<string, JsonValue>>;

/** The full name, where the section `person:n` discloses it beside the masked one of `party:n`. */
function personOf(section: string, party: Members, contents: ReadonlyMap<string, Members>): StatedPerson {
  const { name, idNumber, shareBasisPoints } = { ...party, ...contents.get(section.replace('party:', 'person:')) };
  const share = shareIn(shareBasisPoints);
  return {
    role: STATED_ROLES.find((role) => role === party.role) ?? 'author',
    ...(typeof name === 'string' && { name }),
    ...(typeof idNumber === 'string' && { idNumber }),
    ...(share !== undefined && { shareBasisPoints: share }),
  };
}

function membersOf(content: JsonValue): Members {
  return typeof content === 'object' && content !== null && !Array.isArray(content) ? (content as Members) : {};
}

// What the disclosed sections say of the work, its people and files: stated by whoever put them on record, and shown so that
// a reader can compare it with the paper. Members of another form than ours are left out.
import type { Bundle } from './bundle/bundle.ts';
import { listedFilesOf } from './bundle/parse.ts';
import type { JsonValue } from './encoding/json.ts';
import type { Stated, StatedPerson } from './report.ts';

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
  const { name, idNumber } = { ...party, ...contents.get(section.replace('party:', 'person:')) };
  return {
    role: party.role === 'depositor' ? 'depositor' : 'author',
    ...(typeof name === 'string' && { name }),
    ...(typeof idNumber === 'string' && { idNumber }),
  };
}

function membersOf(content: JsonValue): Members {
  return typeof content === 'object' && content !== null && !Array.isArray(content) ? (content as Members) : {};
}

// SPDX-License-Identifier: Apache-2.0
// What is on record already like the files of this order: pairs side by side, with whose the other one is.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { call, link } from '../../api/client.ts';
import type { ComparedFile, StaffAttestation } from '../../api/staff.ts';
import type { WorkFile } from '../../api/works.ts';
import { fill } from '../../i18n/fill.ts';
import { extensionOf } from '../../kit/file-name.ts';
import { Picture } from '../../kit/picture.tsx';
import { Section } from '../../kit/section.tsx';
import { Loaded } from '../../kit/states.tsx';
import { StateText } from '../../orders/state-text.tsx';
import { formatTime } from '../../ui/format.ts';
import { useStaffText } from './i18n.ts';

/** Differing bits of 64: re-encoded and scaled copies of photographs differ in fewer. */
const NEAR_WITHIN = 4;

type Likeness = ComparedFile['likenesses'][number];

interface Pair {
  file: WorkFile;
  other: Likeness;
}

export function Likenesses({ order }: { order: StaffAttestation }) {
  const { likeness: text } = useStaffText();
  const { id, round } = order;
  // Every look is recorded, so it is asked once, and again only when the reviewer wants that.
  const found = useQuery({
    queryKey: ['staff-likenesses', id, round],
    queryFn: ({ signal }) => call('get', '/staff/attestations/{id}/likenesses', { params: { id }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <Section title={text.title} aside={text.aside}>
      <Loaded query={found}>
        {({ files }) => <Found order={order} files={files} onAgain={() => found.refetch()} />}
      </Loaded>
    </Section>
  );
}

function Found({
  order,
  files,
  onAgain,
}: {
  order: StaffAttestation;
  files: readonly ComparedFile[];
  onAgain: () => unknown;
}) {
  const { likeness: text } = useStaffText();
  const own = [...order.files, ...order.display];
  const pairs = files.flatMap(({ uploadId, likenesses }): Pair[] => {
    const file = own.find((each) => each.uploadId === uploadId);
    return file ? likenesses.map((other) => ({ file, other })) : [];
  });
  const count = (picture: ComparedFile['picture']) => files.filter((file) => file.picture === picture).length;
  return (
    <>
      {pairs.length === 0 && <p>{text.none}</p>}
      <ul className="likenesses">
        {pairs.map((pair) => (
          <PairItem key={`${pair.file.uploadId} ${pair.other.uploadId} ${pair.other.id}`} id={order.id} pair={pair} />
        ))}
      </ul>
      {count('none') > 0 && <p className="small">{fill(text.bytesOnly, { count: count('none') })}</p>}
      {count('pending') > 0 && (
        <p className="small likeness-pending">
          {fill(text.pending, { count: count('pending') })} <Button onClick={() => void onAgain()}>{text.again}</Button>
        </p>
      )}
    </>
  );
}

function PairItem({ id, pair: { file, other } }: { id: string; pair: Pair }) {
  const { likeness: text } = useStaffText();
  const isPicture = file.mediaType?.startsWith('image/');
  const extension = extensionOf(file.name);
  const addressOf = (of: 'files' | 'likenesses', uploadId: string) =>
    isPicture ? link(`/staff/attestations/{id}/${of}/{uploadId}/thumbnail`, { id, uploadId }) : undefined;
  return (
    <li>
      <div className="likeness-pair">
        <figure>
          <Picture source={addressOf('files', file.uploadId)} extension={extension} />
          <figcaption className="small">{text.own}</figcaption>
        </figure>
        <figure>
          <Picture source={addressOf('likenesses', other.uploadId)} extension={extension} />
          <figcaption className="small">{text.other}</figcaption>
        </figure>
      </div>
      <div className="likeness-facts">
        <p>
          <strong>{useWordsFor(other)}</strong>
          {other.likeness === 'alike' && (
            <span className="small"> {fill(text.distance, { distance: other.distance })}</span>
          )}
        </p>
        <p className="small">{file.name}</p>
        <p>
          <Link to={`/staff/attestations/${other.id}`}>{fill(text.number, { number: other.orderNumber })}</Link>{' '}
          <StateText state={other.state} />
        </p>
        {other.certificateNumber && <p>{fill(text.certificate, { number: other.certificateNumber })}</p>}
        <p>
          {other.ownerName} {other.userNumber}
          {other.isSameOwner && <span className="state state-act"> {text.sameOwner}</span>}
        </p>
        <p className="small">{fill(text.submittedAt, { time: formatTime(other.submittedAt) })}</p>
      </div>
    </li>
  );
}

function useWordsFor({ likeness, distance, isMirrored }: Likeness): string {
  const { likeness: text } = useStaffText();
  if (likeness === 'identical') return text.identical;
  return `${distance <= NEAR_WITHIN ? text.near : text.alike}${isMirrored ? text.mirrored : ''}`;
}

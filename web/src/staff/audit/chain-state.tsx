// SPDX-License-Identifier: Apache-2.0
// What is known of the whole log: its newest row, what the last verification found, and the head that the ledger proves.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { toApiError } from '../../api/api-error.ts';
import { call } from '../../api/client.ts';
import { download } from '../../api/download.ts';
import type { AuditHead } from '../../api/staff.ts';
import { fill } from '../../i18n/fill.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { ErrorList } from '../../kit/error-list.tsx';
import { formatCount, formatTime } from '../../ui/format.ts';
import { useAuditText } from './i18n.ts';

const HEAD = ['audit-head'];

export function ChainState() {
  const text = useAuditText();
  const head = useQuery({ queryKey: HEAD, queryFn: ({ signal }) => call('get', '/staff/audit/head', { signal }) });
  const state = head.data;
  return (
    <section className="audit-chain" aria-label={text.chain}>
      {head.error && <ErrorList error={toApiError(head.error)} />}
      {state?.check && <Checked check={state.check} />}
      {state && (
        <dl className="audit-facts">
          {state.newest && (
            <Fact name={text.newest} digest={state.newest.digest}>
              {fill(text.rowAt, { seq: state.newest.seq, time: formatTime(state.newest.at) })}
            </Fact>
          )}
          <Proven head={state} />
        </dl>
      )}
      <Verification />
    </section>
  );
}

function Checked({ check }: { check: NonNullable<AuditHead['check']> }) {
  const text = useAuditText();
  const { rows, head, brokenAt, checkedAt } = check;
  const facts = { seq: brokenAt ?? '', rows: formatCount(rows), time: formatTime(checkedAt) };
  return (
    <p className={brokenAt === null ? 'notice notice-done' : 'notice notice-error'} role="status">
      {fill(brokenAt === null ? text.whole : text.broken, facts)} <Copyable value={head} label={text.digest} />
    </p>
  );
}

/** The newest head with a proof, and the one that waits for its own. */
function Proven({ head: { proven, pending } }: { head: AuditHead }) {
  const text = useAuditText();
  return (
    <>
      {proven ? (
        <Fact name={text.proven} digest={proven.digest} action={<SaveProof day={proven.day} />}>
          {fill(text.provenHead, { day: proven.day, seq: proven.seq, number: proven.number ?? '' })}
        </Fact>
      ) : (
        <Fact name={text.proven}>{text.noProof}</Fact>
      )}
      {pending && (
        <Fact name={text.pending} digest={pending.digest}>
          {fill(text.pendingHead, { day: pending.day, seq: pending.seq })}
        </Fact>
      )}
    </>
  );
}

function SaveProof({ day }: { day: string }) {
  const text = useAuditText();
  const save = useMutation({ mutationFn: () => download(`/staff/audit-heads/${day}/proof`) });
  return (
    <>
      <Button size="small" loading={save.isPending} onClick={() => save.mutate()}>
        {text.proof}
      </Button>
      {save.error && <ErrorList error={toApiError(save.error)} />}
    </>
  );
}

/** Reads the whole log again, on the portal. */
function Verification() {
  const text = useAuditText();
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: () => call('post', '/staff/audit-verifications'),
    onSuccess: () => client.invalidateQueries({ queryKey: HEAD }),
  });
  return (
    <>
      <Button loading={run.isPending} onClick={() => run.mutate()}>
        {text.verify}
      </Button>
      {run.error && <ErrorList error={toApiError(run.error)} />}
    </>
  );
}

interface FactProps {
  name: string;
  digest?: string;
  action?: ReactNode;
  children: ReactNode;
}

function Fact({ name, digest, action, children }: FactProps) {
  const text = useAuditText();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {children} {digest && <Copyable value={digest} label={text.digest} />} {action}
      </dd>
    </div>
  );
}

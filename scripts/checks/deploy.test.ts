// SPDX-License-Identifier: Apache-2.0
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { temporaryFolder } from '../../test/support/temporary.ts';
import { deployRules } from './deploy.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PLACES = ['deploy', 'docs/configuration.md', 'docs/metrics.md', 'docs/operations.md', 'scripts/network'];

/** A text of a file, what somebody makes of it, and what the rules say of that. */
const PLANTED: [file: string, from: string, to: string, fault: RegExp][] = [
  ['compose/compose.yml', 'name: inkseal', 'name: [inkseal', /compose\.yml: /],
  ['monitoring/dashboard.json', '"uid": "inkseal"', '"uid": inkseal"', /dashboard\.json: /],
  ['compose/compose.yml', 'redis:7.4-bookworm', 'redis:latest', /redis:latest has no version/],
  ['kubernetes/portal.yml', 'nginx:1.28.0-bookworm', 'nginx', /nginx has no version/],
  ['containers/ledger.Containerfile', 'FROM node:24.21.0-bookworm-slim\n', 'FROM node:latest\n', /node:latest has no/],
  ['containers/portal.Containerfile', 'USER 10001:10001', 'USER root', /runs as root/],
  ['containers/portal.Containerfile', 'HEALTHCHECK', '#', /no HEALTHCHECK/],
  [
    'kubernetes/ledger.yml',
    'readOnlyRootFilesystem: true',
    'readOnlyRootFilesystem: false',
    /ledger lacks ledger: readOnly/,
  ],
  ['kubernetes/ledger.yml', 'runAsNonRoot: true', 'runAsNonRoot: false', /ledger lacks runAsNonRoot/],
  [
    'kubernetes/ledger.yml',
    'seccompProfile: { type: RuntimeDefault }',
    'seccompProfile: { type: Unconfined }',
    /seccomp/,
  ],
  ['kubernetes/portal.yml', 'automountServiceAccountToken: false', '', /portal lacks automountServiceAccountToken/],
  [
    'kubernetes/portal.yml',
    'allowPrivilegeEscalation: false',
    'allowPrivilegeEscalation: true',
    /portal: allowPrivilegeEscalation: false/,
  ],
  [
    'kubernetes/ledger.yml',
    '      containers:\n',
    '      initContainers: [{ name: first, image: "first:1.0" }]\n      containers:\n',
    /ledger lacks first: /,
  ],
  [
    'kubernetes/portal.yml',
    'capabilities: { drop: [ALL] }',
    'capabilities: { drop: [] }',
    /portal: capabilities drop ALL/,
  ],
  ['kubernetes/portal.yml', 'limits: { memory: 2Gi }', 'limits: {}', /a limit of memory/],
  ['kubernetes/portal.yml', 'readinessProbe: { tcp', 'startupProbe: { tcp', /nginx: both probes/],
  [
    'kubernetes/network-policies.yml',
    'podSelector: {}\n  policyTypes: [Ingress, Egress]',
    'podSelector: {}\n  policyTypes: [Ingress]',
    /denies by default/,
  ],
  ['compose/compose.yml', '  cap_drop: [ALL]\n', '', /(ledger|portal) lacks cap_drop ALL/],
  ['compose/compose.yml', '  security_opt: ["no-new-privileges:true"]\n', '', /lacks no-new-privileges/],
  ['compose/compose.yml', '  read_only: true\n', '', /(ledger|portal) lacks read_only/],
  ['systemd/inkseal-portal.service', 'ProtectSystem=strict', 'ProtectSystem=full', /no ProtectSystem=strict/],
  ['systemd/portal.env', 'PORT=8080', 'PORT=8080\nMETRICS_TOKEN=0123456789abcdef', /METRICS_TOKEN is set in clear/],
  [
    'systemd/ledger.env',
    'LEDGER_PORT=',
    'OTEL_EXPORTER_OTLP_HEADERS=x-token=abc\nLEDGER_PORT=',
    /OTLP_HEADERS is set in clear/,
  ],
  ['compose/compose.yml', 'redis://redis:6379', 'redis://me:secret@redis:6379', /compose\.yml:\d+: /],
  ['besu/besu.toml', 'min-gas-price=0', `min-gas-price=0 # ${'ab'.repeat(32)}`, /besu\.toml:\d+: /],
  ['kubernetes/namespace.yml', 'kind: Namespace', 'kind: Secret', /inkseal is a Secret/],
  ['kubernetes/backup.yml', 'runAsNonRoot: true', 'runAsNonRoot: false', /backup lacks runAsNonRoot/],
  [
    'kubernetes/backup.yml',
    'capabilities: { drop: [ALL] }',
    'capabilities: {drop: []}',
    /backup: capabilities drop ALL/,
  ],
  ['kubernetes/backup.yml', 'inkseal-backup:0.1.0', 'inkseal-backup', /inkseal-backup has no version/],
  [
    'kubernetes/backup.yml',
    'name: LEDGER_DATABASE_URL, valueFrom: { secretKeyRef: { name: ledger-database, key: url } }',
    'name: LEDGER_DATABASE_URL, value: postgresql-address',
    /backup\.yml: LEDGER_DATABASE_URL is set in clear/,
  ],
  ['kubernetes/backup.yml', 'name: BACKUP_FOLDER', 'name: BACKUPS', /BACKUPS is not documented/],
  ['systemd/backup.env', 'BACKUP_RECIPIENT=', 'BACKUP_RECIPIENTS=', /BACKUP_RECIPIENTS is not documented/],
  ['systemd/ledger.env', '#TRUST_NAME=', '#TRUSTED_NAME=', /TRUSTED_NAME is not documented/],
  ['kubernetes/portal.yml', '  LEDGER_URL: ', '  LEDGER_ADDRESS: ', /LEDGER_ADDRESS is not documented/],
  ['systemd/ledger.env', 'ADMIN_ADDRESS=', '#', /deploy\/systemd lacks ADMIN_ADDRESS of the ledger/],
  [
    'kubernetes/portal.yml',
    '- { name: PORTAL_DATABASE_URL',
    '- { name: METRICS_TOKEN',
    /kubernetes lacks PORTAL_DATABASE_URL/,
  ],
  [
    'monitoring/alerts.yml',
    'inkseal_portal_outbox_parked',
    'inkseal_portal_parked',
    /inkseal_portal_parked is not measured/,
  ],
  [
    'monitoring/dashboard.json',
    'inkseal_ledger_batch_size_entries_bucket',
    'inkseal_ledger_batch_size_bucket',
    /is not measured/,
  ],
  [
    'monitoring/alerts.yml',
    'alert: InksealDiskLow',
    'alert: InksealDiskFull',
    /InksealDisk(Full is not in|Low is no alert)/,
  ],
];

describe('check of deploy/', () => {
  const faultsIn = async (root: string) =>
    (await Promise.all(deployRules.map((rule) => rule.run(root).catch(({ message }: Error) => [message])))).flat();

  it('as it is › finds nothing', async () => {
    expect(await faultsIn(ROOT)).to.deep.equal([]);
  });

  it('when there is no such folder › finds nothing', async () => {
    expect(await faultsIn(temporaryFolder())).to.deep.equal([]);
  });

  for (const [file, from, to, fault] of PLANTED) {
    it(`when ${file} has “${to.trim().slice(0, 60)}” instead of “${from.trim().slice(0, 40)}” › says so`, async () => {
      const root = temporaryFolder();
      for (const place of PLACES) cpSync(path.join(ROOT, place), path.join(root, place), { recursive: true });
      const planted = path.join(root, 'deploy', file);
      const text = readFileSync(planted, 'utf8');
      expect(text).to.include(from);
      writeFileSync(
        planted,
        text.replace(from, () => to),
      );
      const faults = await faultsIn(root);
      expect(faults).to.not.have.length(0);
      for (const each of faults) expect(each).to.match(fault);
    });
  }
});

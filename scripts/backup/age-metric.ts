// SPDX-License-Identifier: Apache-2.0
// When the last complete backup was made, for Prometheus's node exporter (its textfile collector).
import path from 'node:path';
import { writeDurably } from '../processes/files.ts';

const METRIC = {
  name: 'inkseal_last_backup_timestamp_seconds',
  help: 'When the newest complete backup was made, Unix time',
};
const READABLE = 0o644;

export async function writeBackupMetric(backups: string, completeAt: string): Promise<void> {
  const text = [
    `# HELP ${METRIC.name} ${METRIC.help}`,
    `# TYPE ${METRIC.name} gauge`,
    `${METRIC.name} ${Date.parse(completeAt) / 1000}`,
  ];
  await writeDurably(path.join(backups, 'inkseal-backup.prom'), `${text.join('\n')}\n`, READABLE);
}

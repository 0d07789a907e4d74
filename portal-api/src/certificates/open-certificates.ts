// SPDX-License-Identifier: Apache-2.0
import path from 'node:path';
import type { Section } from '@inkseal/verifier';
import type { DocumentSigning } from '../document-signing/index.ts';
import type { Domain } from '../domain.ts';
import { completedBundle, numberOfEntry } from '../manifests/index.ts';
import type { Platform } from '../platform.ts';
import type { OnDamage, StoredKind } from '../storage/stored-kind.ts';
import { readOriginal, requireUpload } from '../uploads/index.ts';
import { certificateEndpoints } from './certificates.routes.ts';
import { type Certificates, createCertificates, PACKAGE_LIMIT_BYTES } from './certificates.ts';
import { CERTIFICATE_TOPIC, type CertificateKey, type CertifiedOrdersByKind } from './certified-orders.ts';
import { type Operator, readEnvironment } from './dossier/environment.ts';
import { createRenderer } from './pdf/renderer.ts';
import { previewCertificate } from './preview-certificate.ts';
import { storedCertificates, storedPackages } from './stored-certificates.ts';

type CertificatePlatform = DocumentSigning &
  Pick<Platform, 'config' | 'db' | 'vault' | 'store' | 'ledger' | 'logger' | 'clock' | 'publicUrl' | 'crash'>;

const STORE_NAMES = { disk: 'blocks-on-disk', kubo: 'kubo', s3: 's3' } as const;

export interface CertificateNeeds {
  orders: CertifiedOrdersByKind;
  onDamage: OnDamage;
  /** Who runs the platform, as the settings have it now. */
  operator(): Promise<Operator>;
}

export type OpenCertificates = Certificates &
  Domain & { stored: StoredKind[]; preview(sections: readonly Section[]): Promise<Buffer> };

export function openCertificates(
  platform: CertificatePlatform,
  { orders, onDamage, operator }: CertificateNeeds,
): OpenCertificates {
  const { config, db, vault, store, ledger, logger, clock, crash } = platform;
  const source = { store, vault, onDamage };
  const onThreadLost = (err: Error) => logger.error({ err }, 'a thread that renders certificates was lost');
  const renderer = createRenderer({ fontFolder: config.fontFolder }, { onThreadLost });
  const parts = {
    ...platform,
    onDamage,
    render: renderer.render,
    onStep: crash,
    numberOf: (key: CertificateKey) => numberOfEntry({ db }, key),
    completedBundle: (key: CertificateKey) => completedBundle({ db, vault, ledger, logger }, key),
    orders,
    trust: () => ledger.trust(),
    environment: () => readEnvironment({ db, operator, clock, contentStore: STORE_NAMES[config.contentPlace.kind] }),
    async *original(uploadId: string) {
      yield* readOriginal(source, await requireUpload(db, uploadId));
    },
    verifyPage: path.join(config.webFolder, 'verify.html'),
    courtGuides: ['court-guide.html', 'court-guide.en.html'].map((name) => path.join(config.webFolder, name)),
    packageLimitBytes: PACKAGE_LIMIT_BYTES,
  };
  return {
    ...createCertificates(parts),
    preview: (sections) => previewCertificate({ ...platform, preview: renderer.preview }, sections),
    heavyTopics: [CERTIFICATE_TOPIC],
    endpoints: certificateEndpoints(parts),
    close: renderer.close,
    stored: [storedCertificates(db, platform), storedPackages(db, platform)],
  };
}

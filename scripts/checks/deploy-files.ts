// SPDX-License-Identifier: Apache-2.0
// What the files of deploy/ say, as far as the rules ask: containers, images, and the settings that our services get.
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { Failure } from '../processes/failure.ts';
import { filesOf, type SourceFile } from './rule.ts';

export type Service = 'ledger' | 'portal' | 'backup';

export interface Setting {
  file: string;
  name: string;
  /** Undefined where it comes from elsewhere, as from a secret. */
  value: string | undefined;
}

const environmentSchema = z.record(z.string(), z.coerce.string());
const containerSchema = z.looseObject({
  name: z.string(),
  image: z.string(),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  securityContext: z
    .looseObject({
      allowPrivilegeEscalation: z.boolean().optional(),
      readOnlyRootFilesystem: z.boolean().optional(),
      capabilities: z.object({ drop: z.array(z.string()) }).optional(),
    })
    .default({}),
  resources: z
    .looseObject({ limits: z.looseObject({ memory: z.string().optional() }).default({}) })
    .default({ limits: {} }),
  livenessProbe: z.unknown().optional(),
  readinessProbe: z.unknown().optional(),
});
const podSchema = z.looseObject({
  automountServiceAccountToken: z.boolean().optional(),
  securityContext: z
    .looseObject({ runAsNonRoot: z.boolean().optional(), seccompProfile: z.object({ type: z.string() }).optional() })
    .default({}),
  containers: z.array(containerSchema),
  initContainers: z.array(containerSchema).default([]),
});
const objectSchema = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  data: environmentSchema.optional(),
  spec: z
    .looseObject({
      template: z.looseObject({ spec: podSchema }).optional(),
      /** Of a CronJob. */
      jobTemplate: z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: podSchema }) }) }).optional(),
      podSelector: z.unknown().optional(),
      policyTypes: z.array(z.string()).optional(),
      ingress: z.unknown().optional(),
      egress: z.unknown().optional(),
    })
    .optional(),
});
const composeSchema = z.looseObject({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string(),
      environment: environmentSchema.default({}),
      read_only: z.boolean().optional(),
      cap_drop: z.array(z.string()).default([]),
      security_opt: z.array(z.string()).default([]),
    }),
  ),
});

export type KubernetesObject = z.output<typeof objectSchema> & { file: string };
export type ComposeService = z.output<typeof composeSchema>['services'][string] & { file: string; name: string };

/** What it runs, on its own account or from time to time. */
export const podOf = ({ spec }: KubernetesObject) => spec?.template?.spec ?? spec?.jobTemplate?.spec.template.spec;

export const deployFiles = (root: string): SourceFile[] =>
  filesOf(root, 'deploy/**/*.{yml,json,env,service,conf,toml,sql,Containerfile}');

export const kubernetesObjects = (root: string): KubernetesObject[] =>
  filesOf(root, 'deploy/kubernetes/*.yml').flatMap((file) =>
    documentsOf(file).map((each) => ({ ...objectSchema.parse(each), file: file.path })),
  );

export const composeServices = (root: string): ComposeService[] =>
  filesOf(root, 'deploy/compose/*.yml').flatMap((file) =>
    documentsOf(file)
      .flatMap((each) => Object.entries(composeSchema.parse(each).services))
      .map(([name, service]) => ({ ...service, file: file.path, name })),
  );

/** Throws, with the file's name, what is wrong with the text. */
export function documentsOf({ path: file, text }: SourceFile): unknown[] {
  try {
    if (file.endsWith('.json')) return [JSON.parse(text)];
    return parseAllDocuments(text, { merge: true }).map((document) => {
      const [error] = document.errors;
      if (error) throw error;
      return document.toJS();
    });
  } catch (error) {
    throw new Failure(`${file}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
}

/** Of one service, in the files of systemd, of images, of the compose file and of Kubernetes. */
export function settingsOf(root: string, service: Service): Setting[] {
  const inText = (pattern: string, line: RegExp) =>
    filesOf(root, pattern).flatMap(({ path: file, text }) =>
      [...text.matchAll(line)].map(([, name = '', value]) => ({ file, name, value })),
    );
  const given = (file: string, environment: Record<string, string>) =>
    Object.entries(environment).map(([name, value]) => ({ file, name, value }));
  const objects = kubernetesObjects(root);
  return [
    // What is commented out is an example, and has to be right as well.
    ...inText(`deploy/systemd/${service}.env`, /^#?([A-Z][A-Z0-9_]*)=(.*)$/gm),
    ...inText(`deploy/systemd/inkseal-${service}.service`, /^Environment=([A-Z]\w*)=(\S+)/gm),
    ...inText(`deploy/containers/${service}.Containerfile`, /^(?:ENV | {4})([A-Z][A-Z0-9_]*)=(\S+)/gm),
    ...composeServices(root)
      .filter(({ name }) => name === service)
      .flatMap(({ file, environment }) => given(file, environment)),
    ...objects
      .filter(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === `${service}-settings`)
      .flatMap(({ file, data = {} }) => given(file, data)),
    ...objects.flatMap((object) =>
      (podOf(object)?.containers ?? [])
        .filter(({ name }) => name === service)
        .flatMap(({ env }) => env.map(({ name, value }) => ({ file: object.file, name, value }))),
    ),
  ];
}

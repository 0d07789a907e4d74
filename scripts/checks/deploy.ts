// SPDX-License-Identifier: Apache-2.0
// deploy/ is never run as a whole where it is written, so programs read it: it is hardened, keeps no secret, sets what is
// documented, and watches what is measured.
import {
  type ComposeService,
  composeServices,
  deployFiles,
  documentsOf,
  type KubernetesObject,
  kubernetesObjects,
  podOf,
  type Service,
  type Setting,
  settingsOf,
} from './deploy-files.ts';
import { filesOf, linesMatching, type Rule, type SourceFile } from './rule.ts';

const SERVICES: readonly Service[] = ['ledger', 'portal'];
/** What else has settings there. */
const JOBS: readonly Service[] = ['backup'];
const IS_SECRET = /(PASSWORD|TOKEN|SECRET|DATABASE_URL|_KEY|OTLP_HEADERS)$/;
/** Keys of accounts, of receipts and of the ledger, private keys, and passwords in addresses; placeholders are neither. */
const SECRET_TEXT = /\b(0x)?[0-9a-f]{64}\b|\binkseal_[\w-]{43}\b|BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^\s:/@<…]+:[^\s/@<…]+@/;
const PINNED = /:(?!latest)v?\d[\w.-]*(@sha256:[0-9a-f]{64})?$/;
const UNIT_LINES = ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'CapabilityBoundingSet='];

const hardened: Rule = {
  name: 'deploy/ can be read, takes rights away, pins images and keeps no secret',
  run: async (root) => {
    const unreadable = deployFiles(root)
      .filter(({ path }) => /\.(yml|json)$/.test(path))
      .flatMap(readFaults);
    if (unreadable.length > 0) return unreadable;
    const objects = kubernetesObjects(root);
    const services = composeServices(root);
    return [
      ...objects.flatMap(podFaults),
      ...defaultDenyFaults(objects),
      ...services.flatMap(serviceFaults),
      ...imageFaults(root, objects, services),
      ...filesOf(root, 'deploy/containers/*.Containerfile').flatMap(({ path, text }) => [
        ...(/^USER [1-9]\d*:[1-9]\d*$/m.test(text) ? [] : [`${path} runs as root`]),
        ...(/^HEALTHCHECK /m.test(text) ? [] : [`${path} has no HEALTHCHECK`]),
      ]),
      ...filesOf(root, 'deploy/systemd/*.service').flatMap(({ path, text }) =>
        UNIT_LINES.filter((line) => !text.split('\n').includes(line)).map((line) => `${path} has no ${line}`),
      ),
      ...secretFaults(root, objects),
    ];
  },
};

function readFaults(file: SourceFile): string[] {
  try {
    documentsOf(file);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function podFaults(object: KubernetesObject): string[] {
  const { file, metadata, spec } = object;
  const pod = podOf(object);
  // A job ends by itself: nobody asks whether it answers.
  const isService = spec?.template !== undefined;
  if (!pod) return [];
  const wrong: [wrong: boolean, what: string][] = [
    [pod.securityContext.runAsNonRoot !== true, 'runAsNonRoot'],
    [pod.securityContext.seccompProfile?.type !== 'RuntimeDefault', 'seccompProfile RuntimeDefault'],
    [pod.automountServiceAccountToken !== false, 'automountServiceAccountToken: false'],
    ...[...pod.containers, ...pod.initContainers].flatMap(
      ({ name, securityContext, resources, livenessProbe, readinessProbe }): [boolean, string][] => [
        [securityContext.allowPrivilegeEscalation !== false, `${name}: allowPrivilegeEscalation: false`],
        [securityContext.readOnlyRootFilesystem !== true, `${name}: readOnlyRootFilesystem`],
        [!securityContext.capabilities?.drop.includes('ALL'), `${name}: capabilities drop ALL`],
        [resources.limits.memory === undefined, `${name}: a limit of memory`],
        [isService && (livenessProbe === undefined || readinessProbe === undefined), `${name}: both probes`],
      ],
    ),
  ];
  return wrong.filter(([isWrong]) => isWrong).map(([, what]) => `${file}: ${metadata.name} lacks ${what}`);
}

function defaultDenyFaults(objects: readonly KubernetesObject[]): string[] {
  const denies = ({ kind, spec }: KubernetesObject) =>
    kind === 'NetworkPolicy' &&
    JSON.stringify(spec?.podSelector) === '{}' &&
    spec?.policyTypes?.join() === 'Ingress,Egress' &&
    spec.ingress === undefined &&
    spec.egress === undefined;
  const hasPods = objects.some((object) => podOf(object) !== undefined);
  return hasPods && !objects.some(denies) ? ['deploy/kubernetes has no NetworkPolicy that denies by default'] : [];
}

function serviceFaults({ file, name, read_only, cap_drop, security_opt }: ComposeService): string[] {
  const isOurs = SERVICES.some((service) => service === name);
  const lacks = [
    ...(security_opt.includes('no-new-privileges:true') ? [] : ['no-new-privileges']),
    ...(isOurs && !read_only ? ['read_only'] : []),
    ...(isOurs && !cap_drop.includes('ALL') ? ['cap_drop ALL'] : []),
  ];
  return lacks.map((what) => `${file}: ${name} lacks ${what}`);
}

function imageFaults(
  root: string,
  objects: readonly KubernetesObject[],
  services: readonly ComposeService[],
): string[] {
  const images = [
    ...objects.flatMap((object) => {
      const { containers = [], initContainers = [] } = podOf(object) ?? {};
      return [...containers, ...initContainers].map(({ image }) => ({ file: object.file, image }));
    }),
    ...services,
    ...filesOf(root, 'deploy/containers/*.Containerfile').flatMap(({ path: file, text }) =>
      [...text.matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => ({ file, image })),
    ),
  ];
  return images.filter(({ image }) => !PINNED.test(image)).map(({ file, image }) => `${file}: ${image} has no version`);
}

function secretFaults(root: string, objects: readonly KubernetesObject[]): string[] {
  const isInClear = ({ name, value }: Setting) => IS_SECRET.test(name) && value !== undefined && value !== '';
  return [
    ...linesMatching(deployFiles(root), SECRET_TEXT),
    ...objects
      .filter(({ kind }) => kind === 'Secret')
      .map(({ file, metadata }) => `${file}: ${metadata.name} is a Secret`),
    ...[...SERVICES, ...JOBS]
      .flatMap((service) => settingsOf(root, service))
      .filter(isInClear)
      .map(({ file, name }) => `${file}: ${name} is set in clear`),
  ];
}

const settingsDocumented: Rule = {
  name: 'deploy/ sets documented settings only, and every required one',
  run: async (root) => {
    const [document] = filesOf(root, 'docs/configuration.md');
    const text = document?.text ?? '';
    const known = new Set([...text.matchAll(/`([A-Z][A-Z0-9_]*)(?:=[^`]*)?`/g)].map(([, name]) => name));
    return [
      ...[...SERVICES, ...JOBS]
        .flatMap((service) => settingsOf(root, service))
        .filter(({ name }) => !known.has(name))
        .map(({ file, name }) => `${file}: ${name} is not documented`),
      ...SERVICES.flatMap((service) => missingSettings(root, service, requiredIn(text, service))),
    ];
  },
};

/** Images bring some, systemd takes others from a file of secrets that it names, and the files of a pilot are made. */
function missingSettings(root: string, service: Service, required: readonly string[]): string[] {
  const image = `deploy/containers/${service}.Containerfile`;
  const ways: [way: string, patterns: string[]][] = [
    ['systemd', [`deploy/systemd/${service}.env`, `deploy/systemd/inkseal-${service}.service`]],
    ['compose', ['deploy/compose/*.yml', 'scripts/network/*.ts', image]],
    ['kubernetes', [`deploy/kubernetes/${service}.yml`, image]],
  ];
  return ways.flatMap(([way, patterns]) => {
    const texts = patterns.flatMap((pattern) => filesOf(root, pattern)).map(({ text }) => text);
    if (texts.length === 0) return [];
    const isGiven = (name: string) => texts.some((text) => new RegExp(`\\b${name}\\b`).test(text));
    return required.filter((name) => !isGiven(name)).map((name) => `deploy/${way} lacks ${name} of the ${service}`);
  });
}

function requiredIn(text: string, service: Service): string[] {
  const heading = service === 'ledger' ? 'Ledger service' : 'Portal';
  const section = text.split(/^## /m).find((each) => each.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `(\w+)` \| required \|/gm)].map(([, name = '']) => name);
}

const watched: Rule = {
  name: 'deploy/monitoring asks for metrics that exist, and docs/operations.md says what to do at each alert',
  run: async (root) => {
    const textOf = (file: string) => filesOf(root, file)[0]?.text ?? '';
    const measured = new Set([...textOf('docs/metrics.md').matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name));
    const files = filesOf(root, 'deploy/monitoring/*.{yml,json}');
    const asked = files.flatMap(({ path, text }) =>
      [...text.matchAll(/\binkseal_\w+/g)].map(([name]) => ({ path, name })),
    );
    const alerts = files.flatMap(({ text }) => [...text.matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name));
    const described = [...textOf('docs/operations.md').matchAll(/^\| `(Inkseal\w+)` \|/gm)].map(
      ([, name = '']) => name,
    );
    return [
      ...asked
        .filter(({ name }) => !isMeasured(name, measured))
        .map(({ path, name }) => `${path}: ${name} is not measured`),
      ...alerts.filter((name) => !described.includes(name)).map((name) => `${name} is not in docs/operations.md`),
      ...described.filter((name) => !alerts.includes(name)).map((name) => `${name} is no alert`),
    ];
  },
};

/** A histogram has three names more; figures of the process are prom-client's. */
function isMeasured(name: string, measured: ReadonlySet<string | undefined>): boolean {
  return (
    /^inkseal_ledger_(process|nodejs)_/.test(name) ||
    measured.has(name) ||
    measured.has(name.replace(/_(bucket|count|sum)$/, ''))
  );
}

export const deployRules: Rule[] = [hardened, settingsDocumented, watched];

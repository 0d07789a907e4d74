// SPDX-License-Identifier: Apache-2.0
// Where finished content is kept: in blocks on disk, on Kubo nodes, or in a bucket.
import { urlOf, wholeNumber } from '@inkseal/service-kit';
import { z } from 'zod';
import { accountOf, invalidSetting, isThisMachine } from './reading-settings.ts';
import type { ContentPlace } from './storage/open-content-store.ts';

const MOST_NODES = 8;

export const contentStoreSettings = {
  CONTENT_COPIES: z
    .string()
    .min(1)
    .optional()
    .describe(
      'For content on disk: folder that gets a copy of each content before it counts as stored, such as `content` of the backups',
    ),
  KUBO_RPC_URL: z
    .string()
    .min(1)
    .optional()
    .describe(
      'RPC of a Kubo node, or of several with commas between; without it, and without S3_BUCKET, blocks are kept on disk',
    ),
  KUBO_COPIES: wholeNumber(1, MOST_NODES)
    .prefault('2')
    .describe('On how many of the Kubo nodes each content is pinned; all of them if they are fewer'),
  S3_BUCKET: z
    .string()
    .min(1)
    .optional()
    .describe('Keeps content in this bucket, which exists and nobody else writes to'),
  S3_ENDPOINT: urlOf('http:', 'https:')
    .optional()
    .describe('Address of a service that speaks S3; Amazon’s own unless given. http is for this machine alone'),
  S3_REGION: z.string().min(1).default('us-east-1').describe('Region of the bucket, as the service names it'),
  S3_CREDENTIALS_FILE: z
    .string()
    .min(1)
    .optional()
    .describe('JSON file with the key of the bucket: `{"accessKeyId", "secretAccessKey"}`'),
};

type ContentStoreEnvironment = z.output<z.ZodObject<typeof contentStoreSettings>>;

const credentials = z.strictObject({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) });
const nodeUrl = urlOf('http:', 'https:');

export function contentPlaceOf(env: ContentStoreEnvironment): ContentPlace {
  if (env.KUBO_RPC_URL && env.S3_BUCKET)
    throw invalidSetting('KUBO_RPC_URL and S3_BUCKET: content is kept in one of them');
  if (env.KUBO_RPC_URL) return kuboPlaceOf(env.KUBO_RPC_URL, env.KUBO_COPIES);
  if (!env.S3_BUCKET) return { kind: 'disk', ...(env.CONTENT_COPIES && { copies: env.CONTENT_COPIES }) };
  if (env.S3_ENDPOINT?.startsWith('http:') && !isThisMachine(env.S3_ENDPOINT))
    throw invalidSetting('S3_ENDPOINT: must be https');
  if (!env.S3_CREDENTIALS_FILE) throw invalidSetting('S3_BUCKET needs S3_CREDENTIALS_FILE');
  return {
    kind: 's3',
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    bucket: env.S3_BUCKET,
    credentials: accountOf('S3_CREDENTIALS_FILE', env.S3_CREDENTIALS_FILE, credentials),
  };
}

function kuboPlaceOf(text: string, wanted: number): ContentPlace {
  const rpcUrls = text.split(',').map((each) => each.trim());
  const isEach = rpcUrls.every((each) => nodeUrl.safeParse(each).success);
  if (!isEach || rpcUrls.length > MOST_NODES)
    throw invalidSetting(`KUBO_RPC_URL: 1 to ${MOST_NODES} addresses, http or https`);
  if (new Set(rpcUrls).size < rpcUrls.length) throw invalidSetting('KUBO_RPC_URL: a node is named twice');
  return { kind: 'kubo', rpcUrls, copies: Math.min(wanted, rpcUrls.length) };
}

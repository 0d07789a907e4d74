// SPDX-License-Identifier: Apache-2.0

/** Settings of a running system. */
const SETTINGS =
  /^(INKSEAL_|LEDGER_|PORTAL_|CHAIN_|ANCHOR_|REVOKER_|ADMIN_|SEED_|DOCUMENT_|SMS_|PAYMENT_|ALIPAY_|WECHAT_PAY_|TEST_|MALWARE_|CLAMD_|KUBO_RPC|KUBO_COPIES|S3_|(PG_PORT|PORT|PUBLIC_URL|TRUST_PROXY|RATE_LIMIT_SCALE|WEB_DIST|KUBO_RPC_URL|REDIS_URL|NODE_ENV)$)/;

/** The environment of this process without settings that tests must not see. */
export function cleanEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !SETTINGS.test(name)));
}

// SPDX-License-Identifier: Apache-2.0
// The channels of this process: the sandbox, or those of providers outside, never both.
import path from 'node:path';
import type { Router } from 'express';
import type { Endpoint } from '../http/endpoint.ts';
import type { Platform } from '../platform.ts';
import { createAlipay } from './alipay/alipay.ts';
import type { Channels } from './channel.ts';
import { createSandbox } from './sandbox/sandbox.ts';
import { createWechatPay } from './wechat/wechat-pay.ts';

export type ChannelPlatform = Pick<Platform, 'config' | 'vault' | 'publicUrl' | 'ownUrl'>;

interface OpenChannels {
  channels: Channels;
  endpoints: Endpoint[];
  pages: Router[];
}

export function openChannels({ config, vault, publicUrl, ownUrl }: ChannelPlatform): OpenChannels {
  const notifyUrl = (base: () => string, name: keyof Channels) => () =>
    `${base()}/api/v1/payments/notifications/${name}`;
  const { livePayments: live } = config;
  if (!live) {
    const { channel, endpoints, pages } = createSandbox({
      folder: path.join(config.dataFolder, 'sandbox-payments'),
      key: vault.derive('sandbox payments'),
      publicUrl,
      notifyUrl: notifyUrl(ownUrl, 'sandbox'),
    });
    return { channels: { sandbox: channel }, endpoints, pages: [pages] };
  }
  const { alipay, wechat } = live;
  const alipayUrls = { notifyUrl: notifyUrl(publicUrl, 'alipay'), quitUrl: publicUrl };
  const channels = {
    ...(alipay && { alipay: createAlipay(alipay, alipayUrls) }),
    ...(wechat && { wechat: createWechatPay(wechat, notifyUrl(publicUrl, 'wechat')) }),
  };
  return { channels, endpoints: [], pages: [] };
}

// SPDX-License-Identifier: Apache-2.0
import { type Endpoint, endpoint } from '../http/endpoint.ts';
import { DECLARATION_TEXTS, DECLARATION_VERSION } from './declaration.ts';
import type { HolderReader } from './list-holders.ts';
import { ownerOf } from './owner.ts';
import { rightHolderApi } from './right-holders.api.ts';
import { MAX_HOLDERS } from './right-holders.store.ts';
import type { RightHolders } from './right-holders.ts';

interface RouteParts {
  holders: RightHolders;
  reader: HolderReader;
  homeProvince: string;
}

export function rightHolderEndpoints(parts: RouteParts): Endpoint[] {
  return [...readEndpoints(parts), ...changeEndpoints(parts), ...formEndpoints(parts)];
}

function readEndpoints({ reader, homeProvince }: RouteParts): Endpoint[] {
  const declaration = { version: DECLARATION_VERSION, ...DECLARATION_TEXTS[DECLARATION_VERSION] };
  return [
    endpoint(rightHolderApi.rules, async () => ({ homeProvince, maxHolders: MAX_HOLDERS, declaration })),
    endpoint(rightHolderApi.list, ({ query, req }) => reader.list(ownerOf(req), query)),
    endpoint(rightHolderApi.read, ({ params, req }) => reader.find(ownerOf(req), params.id)),
    endpoint(rightHolderApi.versions, async ({ params, req }) => ({
      items: await reader.versions(ownerOf(req), params.id),
    })),
  ];
}

function changeEndpoints({ holders, reader }: RouteParts): Endpoint[] {
  return [
    endpoint(rightHolderApi.create, async ({ body: { declaration, ...form }, req }) => {
      const owner = ownerOf(req);
      return reader.find(owner, await holders.create(owner, { form, declaration }));
    }),
    endpoint(rightHolderApi.update, async ({ params: { id }, body: { declaration, version, ...form }, req }) => {
      const owner = ownerOf(req);
      await holders.update(owner, { id, version }, { form, declaration });
      return reader.find(owner, id);
    }),
    endpoint(rightHolderApi.archive, async ({ params: { id }, body, req }) => {
      const owner = ownerOf(req);
      await holders.archive(owner, id, body.isArchived);
      return reader.find(owner, id);
    }),
    endpoint(rightHolderApi.addImage, async ({ query: { side }, bytes, req }) => ({
      id: await holders.saveImage(ownerOf(req), side, bytes),
      side,
    })),
  ];
}

function formEndpoints({ holders }: RouteParts): Endpoint[] {
  return [
    endpoint(rightHolderApi.readNewForm, ({ req }) => holders.readForm(ownerOf(req), undefined)),
    endpoint(rightHolderApi.keepNewForm, async ({ body, req }) => {
      await holders.keepForm(ownerOf(req), undefined, body);
      return undefined;
    }),
    endpoint(rightHolderApi.readForm, ({ params, req }) => holders.readForm(ownerOf(req), params.id)),
    endpoint(rightHolderApi.keepForm, async ({ params, body, req }) => {
      await holders.keepForm(ownerOf(req), params.id, body);
      return undefined;
    }),
  ];
}

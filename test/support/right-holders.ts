// SPDX-License-Identifier: Apache-2.0
// Right holders of a test's member.
import { expectStatus, newResidentId, type PortalAnswer, type PortalClient, photo } from './portal.ts';

export const DECLARATION = '2026-11-28';
/** 历下区 of 济南. */
export const LIXIA = '370102';
/** 海淀区 of 北京. */
export const HAIDIAN = '110108';

export async function holderImage(member: PortalClient, side: string): Promise<string> {
  const headers = { 'Content-Type': 'image/jpeg' };
  const sent = member.sendBytes('POST', `/right-holder-images?side=${side}`, await photo(), headers);
  return (await expectStatus(201, sent)).body.id;
}

/** A person from the home province whom nobody else is, complete with pictures; `part` changes it. */
export async function personForm(member: PortalClient, part: object = {}) {
  return {
    roles: ['OWNER', 'AUTHOR'],
    nature: 'PERSONAL',
    documentType: 'RESIDENT_ID',
    name: '张三丰',
    documentNumber: newResidentId(),
    contactPhone: '13900001234',
    documentAddress: '山东省济南市历下区测试路3号',
    region: LIXIA,
    validity: { kind: 'PERMANENT' },
    frontImageId: await holderImage(member, 'front'),
    backImageId: await holderImage(member, 'back'),
    declaration: DECLARATION,
    ...part,
  };
}

export async function organisationForm(member: PortalClient, part: object = {}) {
  return {
    roles: ['OWNER'],
    nature: 'ORGANISATION',
    documentType: 'BUSINESS_LICENCE',
    name: '青釉文化有限公司',
    documentNumber: '91350100M000100Y43',
    contactPhone: '0531-88880000',
    documentAddress: '山东省济南市历下区测试路4号',
    region: LIXIA,
    validity: { kind: 'PERMANENT' },
    legalRepresentative: '李四光',
    email: 'office@example.org',
    licenceImageId: await holderImage(member, 'licence'),
    declaration: DECLARATION,
    ...part,
  };
}

export async function addHolder(member: PortalClient, form: object): Promise<PortalAnswer['body']> {
  return (await expectStatus(201, member.post('/right-holders', form))).body;
}

// SPDX-License-Identifier: Apache-2.0
// A vault that reports every stored value it cannot decrypt, whoever asked for it. The context of a value names its row.
import type { Vault } from '../crypto/vault.ts';
import { isDamage, type ObjectKind, type OnDamage } from '../storage/stored-kind.ts';

/** What a damaged row is counted as. The keys of files are not here: their readers know which file they read. */
const KINDS: Readonly<Record<string, ObjectKind>> = {
  account: 'account',
  certificate: 'package',
  identity: 'identity',
  identity_draft: 'identity-draft',
  organisation_version: 'organisation',
  organisation_draft: 'organisation-draft',
  organisation_invitation: 'organisation-invitation',
  manifest: 'manifest',
  private_image: 'identity-image',
  publication_image: 'publication-image',
  publication_report: 'publication-report',
  right_holder_draft: 'right-holder-draft',
  right_holder_version: 'right-holder',
  account_totp: 'second-step',
  data_export: 'data-export',
  assistance_case: 'assistance-case',
  assistance_letter: 'assistance-letter',
  invoice_detail: 'invoice-detail',
  offline_booking: 'offline-booking',
  offline_voucher: 'offline-voucher',
  counter_mandate: 'counter-mandate',
  earlier_certificate: 'earlier-certificate',
};

export function watchVault(vault: Vault, onDamage: OnDamage): Vault {
  const decrypt: Vault['decrypt'] = (ciphertext, context) => {
    try {
      return vault.decrypt(ciphertext, context);
    } catch (error) {
      const [table = '', id] = context.split(':');
      const kind = KINDS[table];
      if (isDamage(error) && kind && id) onDamage({ kind, id });
      throw error;
    }
  };
  return { ...vault, decrypt, decryptText: (ciphertext, context) => decrypt(ciphertext, context).toString('utf8') };
}

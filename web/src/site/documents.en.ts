// SPDX-License-Identifier: Apache-2.0
// Terms of use and privacy notice. The operating centre fills in the text in 【】 before going live.
import type { documentsZh } from './documents.zh.ts';

export const documentsEn: typeof documentsZh = {
  terms: {
    title: 'Terms of use',
    lead: 'These terms state what you and the platform owe each other when you put works on record here. Read them before you register; ticking the box means that you accept them. The Chinese text prevails.',
    sections: [
      {
        title: '1. The parties',
        lines: [
          'The service is provided by 【operating centre: full name, credit code, address】 (“the platform”). “You” are the person or organisation that registers an account.',
        ],
      },
      {
        title: '2. The service',
        lines: [
          'The platform stores your originals encrypted, computes digests, writes them to a blockchain after a review, and issues a certificate and a proof that can be verified offline.',
          'Evidence shows that a file existed before a moment in time and has not changed since. By itself it proves neither who owns the copyright nor that the work is original.',
        ],
      },
      {
        title: '3. Account and real name',
        lines: [
          'Register with your own mobile number, and give true and valid details of your identity. One identity document serves one account.',
          'Keep your password and the codes we send to yourself. If somebody else uses your account, reset the password at once and contact support.',
        ],
      },
      {
        title: '4. What you submit',
        lines: [
          'You must hold the rights in what you submit or have the consent of whoever does, and must not submit content that the law forbids to distribute.',
          'The rights in your work stay yours. The platform stores and looks at it only to put it on record, to review it, and to assist in lawful inquiries. It does not publish it or use it otherwise.',
          'Content is fixed when you submit it. What is returned can be changed and submitted again in time without a second payment; after that it counts as withdrawn.',
        ],
      },
      {
        title: '5. Fees',
        lines: [
          'The fee is shown before you submit, and that amount applies. An order that is not paid in time is closed.',
          'If one order is paid twice, the second payment is refunded. Other refunds: 【operating centre】.',
        ],
      },
      {
        title: '6. Review, revocation and records',
        lines: [
          'Staff checks whether the material is complete, legible, consistent and lawful. Approval does not confirm ownership.',
          'A certificate can be revoked if it does not match the facts, is a duplicate, is unlawful, or if you ask for it. The revocation is shown publicly; earlier records are not deleted.',
          'Digests on the blockchain cannot be deleted. They contain no personal information.',
        ],
      },
      {
        title: '7. Liability',
        lines: [
          'The platform keeps your files and records with care and is liable by law for losses that it causes. 【operating centre: extent】',
          'Whoever submits false material or infringes the rights of others is liable for it; the platform may stop the service and assist the authorities.',
        ],
      },
      {
        title: '8. Changes and disputes',
        lines: [
          'Changes are published on this page in advance with their version; changes to your disadvantage need your consent. You may stop using the service and close your account at any time.',
          'The law of the People’s Republic of China applies. Disputes go to 【operating centre: court】.',
        ],
      },
    ],
  },
  privacy: {
    title: 'Privacy notice',
    lead: 'This notice says which personal information the platform collects, why, how it is protected, and what you may ask for. The Chinese text prevails.',
    sections: [
      {
        title: '1. Who handles your information',
        lines: [
          'The controller is 【operating centre: full name】. Contact for personal information: 【operating centre: name or office, telephone, e-mail】.',
        ],
      },
      {
        title: '2. What is collected, and why',
        lines: [
          'Registration and sign-in: mobile number and password. Only an irreversible form of the password is stored; staff cannot see it.',
          'Real name: name, ID number, pictures of the ID card, e-mail address, postal address.',
          'Evidence: your files, what you state about the work, names of authors; number, amount and time of payments, but no card numbers.',
          'Security: times of sign-ins, looks and actions, and network addresses, to prevent misuse and to clear up problems.',
        ],
      },
      {
        title: '3. Sensitive information',
        lines: [
          'ID number and ID pictures are sensitive. They are collected only with your separate consent, and used only to verify your real name and to issue certificates.',
          'Time and place of a picture are removed before it is stored; number and pictures are encrypted separately.',
          'A real-name form that you have not finished is kept encrypted at the platform for at most 7 days, and not in your browser. It is deleted as soon as you save.',
        ],
      },
      {
        title: '4. Who can see it',
        lines: [
          'Staff sees names and ID numbers masked by default; every look at an original is recorded.',
          'The certificate prints the name of the depositor and the masked ID number. Somebody with the look-up code sees the masked name only; without the code only number, time and state are shown.',
          'Look-up by file is on by default: whoever has the same file can find the number and the time. You can switch it off at any time.',
        ],
      },
      {
        title: '5. What is on the blockchain',
        lines: [
          'Digests, numbers, times and states only: no names, ID numbers, titles or files, and none of them can be recovered from a digest.',
        ],
      },
      {
        title: '6. How long it is kept',
        lines: [
          'Account and real name are kept until you close the account; records behind an issued certificate stay with it, so that they can serve as evidence later.',
          'Unfinished uploads and drafts are removed regularly; records of actions are kept for at least six months as the law demands. Exact periods: 【operating centre】.',
        ],
      },
      {
        title: '7. Who else receives it',
        lines: [
          'Text messages are sent by a message provider and payments are handled by the payment provider you choose; they receive what their service needs and no more: 【operating centre: names】.',
          'Beyond that it is passed on only if the law demands it or you consent. It is stored in mainland China.',
        ],
      },
      {
        title: '8. Your rights',
        lines: [
          'In the member centre you can see and correct your details and download your files, certificates and proofs. Contact support for copies, deletion or to close the account.',
          'Withdrawing consent does not affect earlier handling, but services that need a real name may end. We answer within 【operating centre】 working days.',
        ],
      },
      {
        title: '9. What your browser keeps',
        lines: [
          'One cookie for signing in. Language, open pages and drafts of forms are kept on your device. There is no advertising and no tracking.',
          'For children under fourteen a guardian must consent and act.',
        ],
      },
    ],
  },
};

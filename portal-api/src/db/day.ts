// SPDX-License-Identifier: Apache-2.0
// PostgreSQL's `date`, as Prisma has it: midnight in Greenwich.
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

import type { z } from 'zod';

/** A bound that a number does not keep to, as a sentence; what has a sentence of its own says that. */
export function boundText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && isOfNumbers(issue.origin)) return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big' && isOfNumbers(issue.origin)) return `must be at most ${issue.maximum}`;
  return issue.message;
}

function isOfNumbers(origin: string): boolean {
  return origin === 'number' || origin === 'int';
}

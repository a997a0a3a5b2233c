import { expect, test } from 'vitest';
import { fittedMessage } from '../../../src/cli/prompts/ask.ts';

test.each([
  ['What was done, by whom, what came of it?', 80, 'What was done, by whom, what came of it?'],
  ['What was done, by whom, what came of it?', 40, 'What was done, by whom, what came of\n  it?'],
  ['What was done, by whom, what came of it?', null, 'What was done, by whom, what came of it?'],
  ['Launch it?\n  It sells at once.', 40, 'Launch it?\n    It sells at once.'],
])('%j fits %s columns with its mark and the blank before the answer', (message, columns, fitted) => {
  expect(fittedMessage(message, columns)).toBe(fitted);
  if (columns !== null) for (const line of `? ${fitted}`.split('\n')) expect(line.length).toBeLessThan(columns);
});

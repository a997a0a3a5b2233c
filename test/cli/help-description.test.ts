import { expect, it } from 'vitest';
import { run } from './support/in-process.ts';

it('the help has every paragraph of a description', async () => {
  const { stdout } = await run(['status', '--help']);
  const description = stdout.slice(stdout.indexOf('DESCRIPTION')).replace(/\s+/g, ' ');
  expect(description).toContain('A state follows from the schedules and is never set by hand');
  expect(description).toContain('With --market the answer is the market’s');
});

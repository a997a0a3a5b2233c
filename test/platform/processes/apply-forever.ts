import { openClient } from '../../../src/client/index.ts';
import { api } from '../../../src/contract/operations/index.ts';
import { BEFORE, POCO } from '../poco.ts';

/** A process that keeps changing several entries at once, until it is killed: `apply-forever.ts FILE`. */
const client = await openClient(
  { kind: 'embedded', file: process.argv[2] ?? '' },
  { actor: 'killed', version: '0', now: () => BEFORE },
);
for (let round = 1; ; round += 1) {
  // Every entry carries the round: a state in which they differ is neither the old one nor the new one.
  const name = `round ${round}`;
  const markets = Object.fromEntries(Object.entries(POCO.markets ?? {}).map(([id, spec]) => [id, { ...spec, name }]));
  const { value: plan } = await client.call(api.plans.create, { body: { document: { version: 1, markets } } });
  await client.call(api.plans.apply, {
    params: { id: plan.id },
    body: { consent: { overrides: ['updates'], reason: name } },
  });
  if (round === 1) process.stdout.write('writing\n');
}

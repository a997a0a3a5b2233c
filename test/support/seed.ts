import fc from 'fast-check';

// One seed decides whether a change breaks what held before; SEED=N explores others.
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20241231) });

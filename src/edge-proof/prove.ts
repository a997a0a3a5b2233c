import type { CompiledRuleset } from '../redirects/compiled.ts';
import { isStaticHost, type Loss, type ProvenEdge } from '../redirects/edges/edge.ts';
import { compareAnswers, type EngineAnswer, engineAnswer, type ProofAnswer } from './answers.ts';
import { type AskedKind, ownRequests } from './own-requests.ts';
import type { ProofRequest } from './proof-request.ts';
import { asStaticHostGets, provablePart } from './provable-part.ts';
import { sendRaw } from './raw-request.ts';
import { mostOwn, proofRequests } from './requests.ts';
import { startServer } from './running-server.ts';
import { unanswered } from './unanswered.ts';
import { type UnusableRule, unusableRules } from './unusable.ts';

export interface ProofInput {
  readonly edge: ProvenEdge;
  readonly ruleset: CompiledRuleset;
  /** Epoch milliseconds: what is exported and compared is for this instant. */
  readonly at: number;
  readonly seed: number;
  readonly requests: number;
  /** Where the server's program is looked for. */
  readonly path: string;
  /** The person's own folder. */
  readonly cwd: string;
  readonly signal?: AbortSignal;
  /** Carries out work that takes the whole process for seconds; before the server is started. */
  readonly busy?: <T>(work: () => T) => T;
  readonly onProgress?: (sent: number, total: number) => void;
}

export interface Difference {
  readonly request: ProofRequest;
  readonly expected: EngineAnswer | null;
  readonly actual: ProofAnswer;
  readonly why: string;
}

export interface Proof {
  readonly edge: ProvenEdge;
  readonly seed: number;
  readonly requests: number;
  readonly agreed: number;
  /** Requests that the server refused and may refuse. */
  readonly refused: number;
  /** Paths spelt in a way that the export cannot bring into canonical form; their answers did no harm. */
  readonly spelling: number;
  /** Requests for rules of which the export said that they lose something. */
  readonly lost: number;
  readonly losses: readonly Loss[];
  /** How many rules were left out of the proof, since a host of static sites gives them another meaning. */
  readonly leftOut: number;
  readonly differences: readonly Difference[];
  /** How many rules of each kind had a URL of their own asked; kinds without rules are left aside. */
  readonly asked: readonly AskedKind[];
  /** Rules of the whole ruleset of which nothing can be proven. */
  readonly unusable: readonly UnusableRule[];
}

/**
 * Whether every answer was the engine's, every kind of rule was asked for, there is no rule that cannot be used, and a
 * host of static sites has been left any.
 */
export function isProven(proof: Pick<Proof, 'asked' | 'leftOut'> & Proven): boolean {
  const { differences, asked, unusable } = proof;
  return (
    differences.length === 0 && unusable.length === 0 && asked.every((kind) => kind.asked > 0) && !isOfNothing(proof)
  );
}

interface Proven {
  readonly differences: readonly unknown[];
  readonly unusable: readonly unknown[];
}

/** All rules were left out, so that what agreed is that there are none. */
export function isOfNothing({ asked, leftOut }: Pick<Proof, 'asked' | 'leftOut'>): boolean {
  return asked.length === 0 && leftOut > 0;
}

/** Requests in flight at once: enough to keep the server busy, few enough for any; a matcher of Node takes one by one. */
const AT_ONCE = 16;
const AT_ONCE_BY_NODE = 2;

/**
 * Starts the real server with the exported rules, sends it the rules' own URLs and mutations of them, and compares
 * every answer with the engine's. The server is ended whatever happens.
 */
export async function prove(input: ProofInput): Promise<Proof> {
  const { edge, at, signal, busy = (work) => work() } = input;
  const { ruleset, exported, losses, leftOut } = busy(() => provablePart(edge, { ruleset: input.ruleset, at }));
  const lossy = new Set(losses.map(({ rule }) => rule));
  const own = busy(() => ownRequests(ruleset, mostOwn(input.requests)));
  const unusable = busy(() => unusableRules(input.ruleset));
  const requests = proofRequests({ ruleset, own, seed: input.seed, count: input.requests });
  const server = await startServer({
    edge,
    files: exported.files,
    path: input.path,
    cwd: input.cwd,
    ...(signal === undefined ? {} : { signal }),
  });
  const counts = { agreed: 0, refused: 0, spelling: 0, lost: 0 };
  const differences: Difference[] = [];
  let sent = 0;
  try {
    const worker = async (): Promise<void> => {
      for (const made of requests) {
        const request = isStaticHost(edge) ? asStaticHostGets(made, exported.everyHostAs) : made;
        signal?.throwIfAborted();
        const expected = engineAnswer(ruleset, request, at);
        const actual = await sendRaw(server.port, request).catch(unanswered(edge, request));
        const verdict = compareAnswers({ edge, ruleset, request, expected, actual, lossy });
        if (verdict.kind === 'differs')
          differences.push({ request, expected: expected ?? null, actual, why: verdict.why });
        else counts[verdict.kind]++;
        sent++;
        input.onProgress?.(sent, input.requests);
      }
    };
    await Promise.all(Array.from({ length: edge === 'netlify' ? AT_ONCE_BY_NODE : AT_ONCE }, worker));
  } finally {
    await server.stop();
  }
  return {
    edge,
    seed: input.seed,
    requests: sent,
    ...counts,
    losses,
    leftOut,
    differences,
    asked: own.asked,
    unusable,
  };
}

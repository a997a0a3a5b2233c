import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Answering } from '../../domain/state/answer.ts';
import { answeringFromFile } from '../answers/local-answering.ts';
import type { Client } from '../connection.ts';
import type { Surroundings } from '../surroundings.ts';
import { faultText } from './fault-text.ts';
import { answeringFromPlatform, type CompiledCache, headOf } from './platform-answering.ts';

/** Where an edge's documents come from. */
export interface WorldSource {
  load(): Promise<Answering>;
  /** Whether what was loaded last is no longer what is there. Cheap; asked every few seconds. */
  changed(): Promise<boolean>;
}

/** @param from answers are wanted for this instant (epoch milliseconds) and later ones */
export function platformWorld(client: Client, from: () => number): WorldSource {
  const cache: CompiledCache = new Map();
  let head: string | null = null;
  return {
    async load() {
      const loaded = await answeringFromPlatform(client, from(), cache);
      head = loaded.head;
      return loaded.world;
    },
    changed: async () => (await headOf(client)) !== head,
  };
}

/** The same from a document and its rules files. */
export function documentWorld(surroundings: Surroundings, file: string, from: () => number): WorldSource {
  let files: readonly string[] = [file];
  let stamp = '';
  const stampOf = async () => (await Promise.all(files.map((name) => fileStamp(surroundings, name)))).join(' ');
  return {
    async load() {
      // The stamp first: what is written while the files are read counts as a change.
      stamp = await stampOf();
      const loaded = await answeringFromFile(surroundings, file);
      const known = files;
      files = loaded.files;
      if (known.length !== files.length) stamp = await stampOf();
      // Now, and not while the first visitor waits.
      await loaded.prepare(from());
      return loaded.world;
    },
    // Standard input was read to its end.
    changed: async () => file !== '-' && (await stampOf()) !== stamp,
  };
}

async function fileStamp({ cwd }: Surroundings, file: string): Promise<string> {
  try {
    const { mtimeMs, size, ino } = await stat(resolve(cwd, file));
    return `${mtimeMs}/${size}/${ino}`;
  } catch {
    // A file that is being replaced is not there for a moment; reading it will say so if it stays away.
    return 'none';
  }
}

/** Keeps a world current. */
export interface FollowedWorld {
  current(): Answering;
  stop(): void;
}

export interface FollowOptions {
  /** Milliseconds between two looks. */
  readonly every: number;
  /** Newer documents are about to be loaded; the present ones answer meanwhile, if more slowly. */
  readonly onChange: () => void;
  readonly onReload: () => void;
  /** Newer documents cannot be had, or are wrong; the last good ones answer. Told once for each fault. */
  readonly onFault: (error: unknown) => void;
}

/** Loads a world and follows its changes until it is stopped. */
export async function followWorld(source: WorldSource, options: FollowOptions): Promise<FollowedWorld> {
  let world = await source.load();
  let lastFault = '';
  let stopped = false;
  const look = async (): Promise<void> => {
    try {
      if (await source.changed()) {
        if (!stopped) options.onChange();
        world = await source.load();
        if (!stopped) options.onReload();
      }
      lastFault = '';
    } catch (error) {
      const fault = faultText(error);
      if (fault !== lastFault && !stopped) options.onFault(error);
      lastFault = fault;
    }
  };
  let timer: NodeJS.Timeout;
  const again = (): void => {
    timer = setTimeout(() => {
      void look().then(() => {
        if (!stopped) again();
      });
    }, options.every);
    timer.unref();
  };
  again();
  return {
    current: () => world,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

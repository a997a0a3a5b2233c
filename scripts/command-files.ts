/** What only the help of a command, and completion, need of it. */
const DETAILS: ReadonlySet<string> = new Set(['args', 'description', 'examples', 'flags']);

/** What a start reads of all commands instead of oclif's manifest. */
export const COMMAND_INDEX = 'dist/commands.json';

/** A command's details are beside its code. */
export const detailsFile = (code: string): string => code.replace(/\.js$/, '.json');

interface ManifestCommand {
  readonly relativePath: readonly string[];
}

/**
 * The manifest, which is ten times what a start uses of it, in files by their paths: one with what finds and lists
 * commands, and one a command with the rest of it.
 *
 * @param manifest what {@link manifestOf} wrote
 */
export function commandFiles(manifest: string): ReadonlyMap<string, string> {
  const { commands, version }: { commands: Readonly<Record<string, ManifestCommand>>; version: string } =
    JSON.parse(manifest);
  const files = new Map<string, string>();
  const index: Record<string, object> = {};
  for (const [id, command] of Object.entries(commands)) {
    const isDetail = ([name]: readonly [string, unknown]): boolean => DETAILS.has(name);
    const parts = Object.groupBy(Object.entries(command), (part) => (isDetail(part) ? 'details' : 'brief'));
    index[id] = Object.fromEntries(parts.brief ?? []);
    files.set(detailsFile(command.relativePath.join('/')), JSON.stringify(Object.fromEntries(parts.details ?? [])));
  }
  return files.set(COMMAND_INDEX, JSON.stringify({ commands: index, version }));
}

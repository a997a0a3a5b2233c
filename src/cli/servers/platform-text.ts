import { escapeControls } from '../../domain/escape.ts';

/** What a person is told when the platform listens: what it serves, and how to begin to use it. */
export function platformHint(url: string, database: string): string {
  return [
    `Serving ${escapeControls(database)}. Ctrl-C stops it.`,
    'On this machine, make a token:     storectl platform token create NAME --role operator --context local',
    `Where it is used, add a context:   storectl contexts add NAME --url ${escapeControls(url)} --token-file FILE`,
  ].join('\n');
}

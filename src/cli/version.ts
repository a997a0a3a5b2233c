import { EXIT, type Exit } from '../domain/failure.ts';
import { jsonText } from './output/json.ts';
import { write } from './output/write.ts';
import type { Surroundings } from './surroundings.ts';

export async function printVersion(
  version: string,
  json: boolean,
  { stdout }: Pick<Surroundings, 'stdout'>,
): Promise<Exit> {
  const text = `storectl/${version} ${process.platform}-${process.arch} node-${process.version}`;
  await write(stdout, json ? `${jsonText({ data: { version, node: process.version }, warnings: [] })}\n` : `${text}\n`);
  return EXIT.done;
}

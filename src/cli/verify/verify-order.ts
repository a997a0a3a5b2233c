import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import { EXIT, Failure, type Problem } from '../../domain/failure.ts';
import type { Shard } from '../../live-verify/choose-urls.ts';
import type { Resolution } from '../../live-verify/connections.ts';
import type { CompiledRuleset } from '../../redirects/compile.ts';
import { flagsOf } from '../../redirects/compiled.ts';
import { canonicalHost } from '../../redirects/host.ts';
import { witnessesOf } from '../../redirects/lint/witness.ts';
import { FLAG } from '../../redirects/traits.ts';
import { parseRequestUrl, UrlError } from '../../redirects/url.ts';
import { readText } from '../document/read-text.ts';
import type { Surroundings } from '../surroundings.ts';

/** `2/4`. Throws Failure `invalid-usage`. */
export function parseShard(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, index, of] = /^(\d{1,5})\/(\d{1,5})$/.exec(text) ?? [];
  const shard = { index: Number(index ?? 0), of: Number(of ?? 0) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw invalid(`--shard "${text}" is no part of several.`, 'Write it as 2/4: the second of four jobs');
}

/** Requests a second: `50/s`, or `50`. Throws Failure `invalid-usage`. */
export function parseRate(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rate = Number(/^(\d{1,6}(?:\.\d{1,3})?)(?:\/s)?$/.exec(text)?.[1] ?? 0);
  if (rate > 0) return rate;
  throw invalid(`--rate "${text}" is no number of requests a second.`, 'Write it as 50/s');
}

/**
 * `po.co:443:192.0.2.1`, as curl has it; the address may have a port of its own, and `http://` before it where it speaks
 * no TLS. Throws Failure `invalid-usage`.
 */
export function parseResolution(text: string): Resolution {
  const [, name = '', port = '', scheme, place = ''] =
    /^(\*|[^:]+|\[[^\]]+\]):(\d{1,5}):(http:\/\/)?(.+)$/i.exec(text) ?? [];
  const host = name === '*' ? name : canonicalHost(name);
  const to = placeOf(place, Number(port));
  if (host !== undefined && to !== undefined && isPort(Number(port)) && isPort(to.addressPort))
    return { host, port: Number(port), ...to, plain: scheme !== undefined };
  throw invalid(
    `--resolve "${text}" cannot be read.`,
    'Write it as po.co:443:192.0.2.1, po.co:443:[2001:db8::1] or, with another port, po.co:443:192.0.2.1:8443; before an address without TLS, http://',
  );
}

const isPort = (port: number): boolean => port >= 1 && port <= 65_535;

function placeOf(text: string, port: number): Pick<Resolution, 'address' | 'addressPort'> | undefined {
  if (isIP(text) !== 0) return { address: text, addressPort: port };
  const [, bracketed, plain, own] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? '';
  return isIP(address) === 0 ? undefined : { address, addressPort: own === undefined ? port : Number(own) };
}

const CA_BYTES = 4 * 1024 * 1024;

/** The PEM text of a private authority. Throws Failure `unreadable-file`, `invalid-certificate`. */
export async function readAuthority(surroundings: Surroundings, file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const { text } = await readText(surroundings, file, { what: 'certificate', limit: CA_BYTES });
  try {
    createSecureContext({ ca: text });
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  } catch {
    // Told below.
  }
  throw new Failure({
    code: 'invalid-certificate',
    exit: EXIT.usage,
    message: `${file} holds no certificate in PEM form.`,
    remedy: 'Name the certificate of the authority, as --ca FILE.',
  });
}

const LIST_BYTES = 256 * 1024 * 1024;

/** The URLs of a list, absolute. Throws Failure `unreadable-file`, `invalid-urls` with every bad line. */
export async function readUrlList(surroundings: Surroundings, name: string): Promise<readonly string[]> {
  const { file, text } = await readText(surroundings, name, { what: 'list of URLs', limit: LIST_BYTES });
  const problems: Problem[] = [];
  const urls = text.split(/\r?\n/).flatMap((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return [];
    const url = absoluteUrl(line);
    if (typeof url === 'string') return [url];
    problems.push({ code: 'invalid-url', severity: 'error', message: url.message, place: { file, line: index + 1 } });
    return [];
  });
  if (problems.length === 0) return urls;
  const first = problems[0];
  throw new Failure({
    code: 'invalid-urls',
    exit: EXIT.usage,
    message: `${problems.length === 1 ? 'One line is' : `${problems.length} lines are`} no URL; the first is ${file}:${first?.place?.line ?? 0}: ${first?.message ?? ''}. Nothing was asked.`,
    remedy: 'Write one URL a line, as https://po.co/uk/phones; # begins a comment.',
    details: { problems },
  });
}

/** As a browser would ask for it. */
function absoluteUrl(text: string): string | UrlError {
  const whole = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  try {
    parseRequestUrl(text);
    return new URL(whole).href;
  } catch (error) {
    if (error instanceof UrlError) return error;
    return new UrlError('invalid-url', text, 'it is no URL');
  }
}

/** A URL or more of each rule. */
export function urlsOfRules(ruleset: CompiledRuleset): readonly string[] {
  return [...ruleset.traits.keys()]
    .flatMap((index) => (flagsOf(ruleset, index) & FLAG.valid ? witnessesOf(ruleset, index) : []))
    .flatMap((url) => (URL.canParse(url) ? new URL(url).href : []));
}

function invalid(message: string, remedy: string): Failure {
  return new Failure({ code: 'invalid-usage', exit: EXIT.usage, message, remedy });
}

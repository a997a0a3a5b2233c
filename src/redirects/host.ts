import { isDigit, isHostText } from './characters.ts';
import { decodePunycode } from './punycode.ts';

/**
 * A host name in its IDNA ASCII form, lower case, without a trailing dot (URL Standard, "host parsing"); or undefined
 * where the text is no host. Plain ASCII names take a short way; the rest goes through the platform's own parser.
 */
export function canonicalHost(raw: string): string | undefined {
  const lower = raw.toLowerCase();
  const name = lower.endsWith('.') ? lower.slice(0, -1) : lower;
  if (isPlainName(name)) return name;
  if (raw === '' || /[/?#\\@:\s]/.test(raw.startsWith('[') ? '' : raw)) return undefined;
  if (!URL.canParse(`http://${raw}/`)) return undefined;
  const parsed = new URL(`http://${raw}/`).hostname;
  const host = parsed.endsWith('.') ? parsed.slice(0, -1) : parsed;
  return host.startsWith('[') || (hasProperLabels(host) && isProperPunycode(host)) ? host : undefined;
}

/** Letters, digits, hyphens, underscores; no empty label; nothing that IDNA or IPv4 parsing would change. */
function isPlainName(name: string): boolean {
  let labelStart = 0;
  for (let index = 0; index < name.length; index++) {
    const code = name.charCodeAt(index);
    if (!isHostText(code)) return false;
    if (code === 46) {
      if (index === labelStart) return false;
      labelStart = index + 1;
    }
  }
  if (labelStart >= name.length || name.length > 253) return false;
  return !isDigit(name.charCodeAt(labelStart)) && !name.includes('xn--');
}

/**
 * Whether each `xn--` label is what the name that it stands for is written as. The platform's own parser lets labels
 * through that stand for nothing, and browsers refuse them.
 */
function isProperPunycode(host: string): boolean {
  if (!host.includes('xn--')) return true;
  const labels = host.split('.').map((label) => (label.startsWith('xn--') ? decodePunycode(label.slice(4)) : label));
  if (labels.includes(undefined)) return false;
  const name = `http://${labels.join('.')}/`;
  return URL.canParse(name) && new URL(name).hostname === host;
}

function hasProperLabels(host: string): boolean {
  if (host.length === 0 || host.length > 253) return false;
  for (let index = 0; index < host.length; index++) if (!isHostText(host.charCodeAt(index))) return false;
  return !host.startsWith('.') && !host.endsWith('.') && !host.includes('..');
}

/** A canonical host that may start with `*.`, which stands for every subdomain at any depth, and not for the apex. */
export function canonicalHostPattern(raw: string): string | undefined {
  if (!raw.startsWith('*.')) return canonicalHost(raw);
  const apex = canonicalHost(raw.slice(2));
  return apex === undefined || apex.startsWith('[') || /^[\d.]+$/.test(apex) ? undefined : `*.${apex}`;
}

/** Whether a host pattern covers a host, or every host that another pattern covers. */
export function hostPatternCovers(pattern: string, host: string): boolean {
  if (pattern === host) return true;
  if (!pattern.startsWith('*.')) return false;
  return host.endsWith(pattern.slice(1));
}

/** `po.co` or `po.co:8443`: what rules are filed under. The default port of either scheme is no port. */
export function hostKey(host: string, port: string): string {
  return port === '' ? host : `${host}:${port}`;
}

/** The key of the next wider wildcard that could hold rules for a host key: `a.b.co:81`, `*.b.co:81`, `*.co:81`. */
export function widerHostKey(key: string): string | undefined {
  const dot = key.indexOf('.', key.startsWith('*.') ? 2 : 0);
  return dot < 0 || key.startsWith('[') ? undefined : `*${key.slice(dot)}`;
}

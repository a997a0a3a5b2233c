import { badLine, NOTHING, PASSED_OVER, requested, type VisitLine } from './visit-line.ts';

/** Whether a line is of an access log in the common or combined format, with or without the virtual host in front. */
export function isCombined(line: string): boolean {
  return /^\S+ [^[\]"]*\[[^\]]*\] "/.test(line);
}

/**
 * A line of an access log as Apache and nginx write it (`%h %l %u %t "%r" …`, also with `%v:%p` in front). What those
 * escape as `\xHH` becomes a percent escape: it was a byte of the address.
 */
export function readCombinedLine(line: string): VisitLine {
  if (line.trim() === '') return NOTHING;
  const open = line.indexOf('[');
  const start = line.indexOf('] "', open);
  if (open < 0 || start < 0) return badLine('it is no line of an access log');
  const request = quotedAt(line, start + 3);
  const first = request.indexOf(' ');
  const second = request.indexOf(' ', first + 1);
  const method = first < 0 ? request : request.slice(0, first);
  const target = first < 0 ? '' : request.slice(first + 1, second < 0 ? undefined : second);
  const protocol = second < 0 ? '' : request.slice(second + 1);
  if (!/^[A-Z]+$/i.test(method) || target === '' || (protocol !== '' && !protocol.startsWith('HTTP/')))
    return badLine(`its request is ${request === '' || request === '-' ? 'empty' : 'no HTTP request'}`);
  if (target === '*') return PASSED_OVER;
  return requested(method, target.startsWith('/') ? originOf(line.slice(0, open)) + target : target);
}

/** From after a quote up to the next that is not escaped. */
function quotedAt(line: string, start: number): string {
  // Up to the first quote there is nearly never anything escaped, and then nothing has to be looked at by itself.
  let end = line.indexOf('"', start);
  if (end >= 0 && !line.slice(start, end).includes('\\')) return line.slice(start, end);
  end = start;
  while (end < line.length && line[end] !== '"') end += line[end] === '\\' ? 2 : 1;
  return line
    .slice(start, end)
    .replace(/\\x([0-9A-Fa-f]{2})/g, '%$1')
    .replace(/\\(["\\])/g, '$1');
}

/** Four fields before the time: the first is the virtual host, with its port or without. */
function originOf(fields: string): string {
  // Without a virtual host there are three, a blank behind each, as nearly always.
  if (/^\S+ \S+ \S+ $/.test(fields)) return '';
  const words = fields.trim().split(/ +/);
  if (words.length !== 4) return '';
  const host = words[0] ?? '';
  return `${host.endsWith(':80') ? 'http' : 'https'}://${host.replace(/:(80|443)$/, '')}`;
}

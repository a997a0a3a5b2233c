import { STATUS_CODES } from 'node:http';
import type { EdgeResponse } from './respond.ts';

/**
 * A whole response of HTTP/1.1 on a connection that stays open. The fields are those that Node's own server writes, so
 * that nobody can tell which of the two has answered.
 *
 * @param now the time of day in epoch milliseconds, whatever instant the answer is for
 * @param keptFor seconds that the connection is kept without another request
 */
export function responseText(response: EdgeResponse, isHead: boolean, now: number, keptFor: number): string {
  const { status, headers, body } = response;
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`;
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  text += `content-length: ${Buffer.byteLength(body)}\r\nDate: ${httpDate(now)}\r\n`;
  text += `Connection: keep-alive\r\nKeep-Alive: timeout=${keptFor}\r\n\r\n`;
  return isHead ? text : text + body;
}

let datedSecond = Number.NaN;
let date = '';

/** Made once a second: the format of RFC 9110, section 5.6.7. */
function httpDate(now: number): string {
  const second = Math.floor(now / 1000);
  if (second !== datedSecond) {
    datedSecond = second;
    date = new Date(second * 1000).toUTCString();
  }
  return date;
}

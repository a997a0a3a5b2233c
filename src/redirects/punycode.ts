const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 128;
const LAST_CODE = 0x10_ff_ff;

/**
 * What stands behind the `xn--` of a label, decoded (RFC 3492, section 6.2); undefined where it decodes to nothing.
 */
export function decodePunycode(encoded: string): string | undefined {
  const hyphen = encoded.lastIndexOf('-');
  const points = hyphen > 0 ? [...encoded.slice(0, hyphen)].map((one) => one.charCodeAt(0)) : [];
  let code = FIRST_CODE;
  let bias = FIRST_BIAS;
  let value = 0;
  for (let at = hyphen + 1; at < encoded.length; ) {
    const before = value;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = digitOf(encoded.charCodeAt(at++));
      if (digit < 0) return undefined;
      value += digit * weight;
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
      if (!Number.isSafeInteger(value * BASE) || !Number.isSafeInteger(weight * BASE)) return undefined;
    }
    const count = points.length + 1;
    bias = adapt(value - before, count, before === 0);
    code += Math.floor(value / count);
    value %= count;
    if (code > LAST_CODE) return undefined;
    points.splice(value++, 0, code);
  }
  return points.some((point) => point >= FIRST_CODE) ? String.fromCodePoint(...points) : undefined;
}

/** -1 where the character is no digit, or there is none. */
function digitOf(code: number): number {
  if (code >= 97 && code <= 122) return code - 97;
  return code >= 48 && code <= 57 ? code - 22 : -1;
}

function adapt(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN));
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

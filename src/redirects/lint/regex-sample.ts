/**
 * A text that a regular expression most likely accepts, found without search: first branch of each alternation, fewest
 * repetitions but one where none would do. It knows the common syntax; the caller checks the sample with the real
 * engine, so a wrong one costs a witness and nothing else.
 */
export function sampleOf(regex: string): string | undefined {
  const reader = new SampleReader(regex);
  const sample = reader.alternation();
  return reader.finished() ? sample : undefined;
}

const CLASS_SAMPLES: Readonly<Record<string, string>> = {
  d: '1',
  w: 'a',
  s: '',
  D: 'a',
  W: '-',
  S: 'a',
  b: '',
  B: '',
  A: '',
  z: '',
};

const MAX_DEPTH = 100;

class SampleReader {
  private readonly text: string;
  private at = 0;
  private depth = 0;
  private failed = false;

  constructor(text: string) {
    this.text = text;
  }

  finished(): boolean {
    return !this.failed && this.at >= this.text.length;
  }

  alternation(): string {
    const first = this.sequence();
    while (this.text.charAt(this.at) === '|') {
      this.at++;
      this.sequence();
    }
    return first;
  }

  private sequence(): string {
    let out = '';
    while (this.at < this.text.length && !this.failed) {
      const next = this.text.charAt(this.at);
      if (next === '|' || next === ')') break;
      const atom = this.atom();
      out += atom.repeat(this.repetitions());
      if (out.length > 2000) this.failed = true;
    }
    return out;
  }

  private atom(): string {
    const next = this.text.charAt(this.at++);
    if (next === '^' || next === '$') return '';
    if (next === '.') return 'x';
    if (next === '\\') return this.escape();
    if (next === '[') return this.set();
    if (next === '(') return this.group();
    return next;
  }

  private escape(): string {
    const next = this.text.charAt(this.at++);
    const sample = CLASS_SAMPLES[next];
    if (sample !== undefined) return sample;
    if (/[A-Za-z0-9]/.test(next)) this.failed = true;
    return next;
  }

  private group(): string {
    const opening = /^\?(?:P?<\w+>|[a-z]*:)/.exec(this.text.slice(this.at, this.at + 80));
    if (opening !== null) this.at += opening[0].length;
    else if (this.text.charAt(this.at) === '?') {
      const flags = /^\?[a-z]+\)/.exec(this.text.slice(this.at, this.at + 20));
      if (flags === null) this.failed = true;
      else this.at += flags[0].length;
      return '';
    }
    if (++this.depth > MAX_DEPTH) this.failed = true;
    const inner = this.failed ? '' : this.alternation();
    this.depth--;
    if (this.text.charAt(this.at++) !== ')') this.failed = true;
    return inner;
  }

  /** The first member of a set; a negated set gives a letter that the set does not list. */
  private set(): string {
    const end = this.text.indexOf(
      ']',
      this.at + (/^\^?\]/.exec(this.text.slice(this.at, this.at + 2))?.[0].length ?? 0),
    );
    if (end < 0) {
      this.failed = true;
      return '';
    }
    const members = this.text.slice(this.at, end);
    this.at = end + 1;
    if (members.startsWith('^')) return [...'xyz1-'].find((one) => !members.includes(one)) ?? 'q';
    if (members.startsWith('\\')) return CLASS_SAMPLES[members.charAt(1)] ?? members.charAt(1);
    return members.charAt(0);
  }

  private repetitions(): number {
    const found = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(this.text.slice(this.at, this.at + 20));
    if (found === null) return 1;
    this.at += found[0].length;
    return found[1] === undefined ? 1 : Math.min(Number(found[1]), 1000);
  }
}

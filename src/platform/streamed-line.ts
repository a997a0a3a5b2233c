/** A line of a streamed body that is not even JSON; the handler reports it by number like any other wrong line. */
export class MalformedLine {
  readonly text: string;
  readonly message: string;

  constructor(text: string, message: string) {
    this.text = text;
    this.message = message;
  }
}

/** A line of a streamed body with nothing on it: passed over, and counted, so that numbers are those of the sender's file. */
export const BLANK_LINE: unique symbol = Symbol('blank line');

/** What a line says, whatever it is: the same lines give the same texts. */
export function textOfLine(line: unknown): string {
  if (line === BLANK_LINE) return '';
  return line instanceof MalformedLine ? line.text : (JSON.stringify(line) ?? '');
}

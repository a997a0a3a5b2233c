/** A line of a streamed body that is not even JSON; the handler reports it by number like any other wrong line. */
export class MalformedLine {
  readonly text: string;
  readonly message: string;

  constructor(text: string, message: string) {
    this.text = text;
    this.message = message;
  }
}

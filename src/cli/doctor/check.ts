/** One thing the doctor looked at. */
export interface Check {
  /** Stable, kebab-case. */
  readonly name: string;
  /** `failed` makes the doctor end with exit 3; `note` is worth knowing and no fault. */
  readonly status: 'ok' | 'note' | 'failed';
  /** What was found. */
  readonly found: string;
  /** Where it came from or was found. */
  readonly source?: string;
  readonly remedy?: string;
}

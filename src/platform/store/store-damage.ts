/** Something in the store is not what this program wrote there: a hand or a disk has altered it. */
export class StoreDamage extends Error {
  /** What it is, and what is wrong with it, to follow the store's name: "holds …", "lacks …". */
  readonly what: string;

  constructor(what: string, cause?: unknown) {
    super(`the store ${what}`, { cause });
    this.what = what;
  }
}

/** JSON that the store keeps as text. Throws StoreDamage that names the row where it is none. */
export function storedJson(text: string, row: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new StoreDamage(`holds ${row}, which cannot be read`, error);
  }
}

/** The same of a JSON object. */
export function storedRecord(text: string, row: string): object {
  const value = storedJson(text, row);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new StoreDamage(`holds ${row}, which cannot be read`);
}

/** The same of a JSON array. */
export function storedList(text: string, row: string): readonly unknown[] {
  const value = storedJson(text, row);
  if (Array.isArray(value)) return value;
  throw new StoreDamage(`holds ${row}, which cannot be read`);
}

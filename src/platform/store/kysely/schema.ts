/** The tables, as Kysely sees them. Each store's own file creates them in its own SQL. */
export interface Schema {
  readonly resources: {
    readonly kind: string;
    readonly id: string;
    readonly version: number;
    /** null once it is removed; the row stays so that versions never come back. */
    readonly spec: string | null;
    readonly times: string | null;
    readonly revisions: string | null;
  };
  readonly change_sets: {
    readonly sequence: number;
    readonly id: string;
    readonly summary: string;
    readonly body: string;
    readonly previous_hash: string;
    readonly hash: string;
  };
  readonly plans: {
    readonly id: string;
    readonly body: string;
    readonly digest: string;
    readonly desired: string;
    readonly expires_at: number;
    readonly applied_as: string | null;
  };
  readonly rule_chunks: { readonly hash: string; readonly count: number; readonly text: string };
  readonly rule_contents: { readonly content: string; readonly count: number; readonly keep_until: number | null };
  readonly rule_content_chunks: { readonly content: string; readonly position: number; readonly chunk: string };
  readonly uploads: {
    readonly id: string;
    readonly kind: string;
    readonly state: string;
    readonly created_at: number;
    readonly updated_at: number;
    readonly received: number;
    readonly accepted: number;
    readonly blank: number;
    readonly problems: string;
    readonly tail: string;
    readonly content: string | null;
  };
  readonly upload_chunks: { readonly upload: string; readonly position: number; readonly chunk: string };
  readonly tokens: {
    readonly id: string;
    readonly name: string;
    readonly role: string;
    readonly secret_hash: string;
    readonly created_at: number;
    readonly expires_at: number | null;
    readonly last_used_at: number | null;
  };
  readonly answers: {
    readonly actor: string;
    readonly key: string;
    readonly request: string;
    readonly answer: string | null;
    readonly etag: string | null;
    readonly created_at: number;
  };
  readonly reservations: {
    readonly id: string;
    readonly launch: string;
    readonly market: string;
    readonly sku: string;
    readonly buyer: string;
    readonly quantity: number;
    readonly price: string;
    readonly state: string;
    readonly created_at: number;
    readonly expires_at: number;
    readonly settled_at: number | null;
    readonly actor: string;
    readonly key: string;
  };
  readonly reserved_units: {
    readonly launch: string;
    readonly market: string;
    readonly sku: string;
    readonly held: number;
    readonly confirmed: number;
  };
}

/** Where a platform is: in this process, with its data in one file, or somewhere else behind HTTP. */
export type Target =
  | { readonly kind: 'embedded'; readonly file: string }
  | {
      readonly kind: 'remote';
      /** The platform's origin, such as `https://admin.example.com`; a path before `/v1` is kept. */
      readonly url: string;
      readonly token: string | null;
    };

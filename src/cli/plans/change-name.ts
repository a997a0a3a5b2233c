/** How commands take a change: as the platform's operations do. */
export const CHANGE_NAME =
  'A change: its number in `changes list`, its id, the first six characters of it or more, or `last` for the newest.';

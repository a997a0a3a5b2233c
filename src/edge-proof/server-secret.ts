/** A variable of a server's environment, of which visitors ask in every way, and which no answer may hold. */
export const SERVER_SECRET = { name: 'STORECTL_PROOF_SECRET', value: 'storectl-keeps-this' } as const;

// The provider that Windows is told to import the key into; alone here, since the editor's thread needs no more of a conversion.

/** What Exchange wants (facts exchange.md 4). */
export const exchangeProvider = 'Microsoft RSA SChannel Cryptographic Provider';

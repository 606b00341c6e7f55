// The provider that Windows is told to import the key into; alone here, since the editor's thread needs no more of a conversion.

/** What Exchange wants (docs/facts-exchange.md#key-provider). */
export const exchangeProvider = 'Microsoft RSA SChannel Cryptographic Provider';

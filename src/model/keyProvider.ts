// Which key providers are key storage providers (CNG), with which OWA and ECP fail.

/**
 * True for a key storage provider by its name; `CNG` is what a script says of any. The platform's (TPM) is one without the
 * word in its name (Microsoft's page "CNG Key Storage Providers": MS_PLATFORM_CRYPTO_PROVIDER).
 */
export function isKeyStorageProvider(provider: string | null | undefined): boolean {
  return provider === 'CNG' || /Key Storage Provider|Platform Crypto Provider/i.test(provider ?? '');
}

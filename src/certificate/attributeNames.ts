// What Windows calls the attributes of a name, by object identifier: Exchange takes the names that crypt32 prints there.

/**
 * The names that CertNameToStr has: those of the `Publisher` of an app package's manifest, which Microsoft's page of
 * `Identity` lists and holds to CertNameToStr, and the three of a TPM, which Windows prints since 8 (dotnet/runtime,
 * X500DistinguishedNameTests.TpmIdentifiers: there "the pretty printer is in crypt32").
 */
const names: Readonly<Record<string, string>> = {
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'S',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.13': 'Description',
  '2.5.4.17': 'PostalCode',
  '2.5.4.18': 'POBox',
  '2.5.4.20': 'Phone',
  '2.5.4.24': 'X21Address',
  '2.5.4.42': 'G',
  '2.5.4.43': 'I',
  '2.5.4.46': 'dnQualifier',
  '2.23.133.2.1': 'TPMManufacturer',
  '2.23.133.2.2': 'TPMModel',
  '2.23.133.2.3': 'TPMVersion',
};

/** Attributes without a name on Windows by public record. */
const withoutName: ReadonlySet<string> = new Set([
  // businessCategory and jurisdiction: X500DistinguishedNameTests.PrintComplexReversed, and what Windows prints of EV signers of programs
  '2.5.4.15',
  '1.3.6.1.4.1.311.60.2.1.1',
  '1.3.6.1.4.1.311.60.2.1.2',
  '1.3.6.1.4.1.311.60.2.1.3',
  // organizationIdentifier: dotnet/runtime#89434, Windows 11
  '2.5.4.97',
  // userId: Microsoft Intune's example of a Symantec certificate's publisher id
  '0.9.2342.19200300.100.1.1',
  // unstructuredName and x500UniqueIdentifier: issuer names of the Mexican tax authority, as .NET Framework writes them to signed documents
  '1.2.840.113549.1.9.2',
  '2.5.4.45',
]);

/** Arcs in which a version of Windows may have a name that no record tells; elsewhere no dictionary of names reaches. */
const mayHaveName =
  /^(?:2\.5\.4|2\.5\.29|2\.23\.133|0\.9\.2342\.19200300\.100\.1|1\.2\.840\.113549\.1\.9|1\.2\.643|1\.3\.6\.1\.5\.5\.7|1\.3\.6\.1\.4\.1\.311)\./;

export interface AttributeName {
  readonly text: string;
  /** False where no source tells what Windows prints; `text` is then what is most likely. */
  readonly isCertain: boolean;
}

/** What Windows prints before the equals sign: a name, or `OID.1.2.3` where it has none (CertNameToStr, CERT_X500_NAME_STR). */
export function nameOnWindows(oid: string): AttributeName {
  const name = names[oid];
  return name === undefined
    ? { text: `OID.${oid}`, isCertain: withoutName.has(oid) || !mayHaveName.test(oid) }
    : { text: name, isCertain: true };
}

// What recorded objects of real Exchange 2016 and 2019 servers are: the kind of each property, its spelling, and what none looks like.
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface RecordedKind {
  readonly cmdlet: string;
  readonly property: string;
  /** null: nothing but null was seen. */
  readonly kind: string | null;
  readonly spelling?: readonly unknown[];
  readonly none?: string;
}

/** The shape of the lab's table that stands for a recorded command. */
export const shapeOf: Readonly<Record<string, string>> = {
  'Get-ExchangeServer': 'ExchangeServer',
  'Get-ExchangeCertificate': 'ExchangeCertificate',
  'Get-ReceiveConnector': 'ReceiveConnector',
  'Get-SendConnector': 'SendConnector',
  'Get-HybridConfiguration': 'HybridConfiguration',
  'Get-AuthConfig': 'AuthConfig',
  'Get-WebBinding': 'WebBinding',
  'Get-Service': 'Service',
  Win32_OperatingSystem: 'OperatingSystem',
};

export function readRecordedKinds(): readonly RecordedKind[] {
  // out/test/lab and test/lab lie equally deep, so both find it
  const file = path.resolve(__dirname, '../../../test/lab/recordedKinds.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { rows: readonly RecordedKind[] }).rows;
}

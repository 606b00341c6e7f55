// Whether a server's Windows can open the new PFX as it is.
import type { ImportsOn } from '../model/rotation';

/** The first build that opens AES-256 PFX files: Windows Server 2019 (docs/facts-exchange.md#pfx-algorithms). */
const windowsServer2019 = 17763;

/**
 * A build of 2019 or later reads a PFX of which nothing tells that it does not. An older or unknown one reads it only where the file is known to open
 * on Windows Server 2016: a needless conversion does no harm, a refused import stops a cutover.
 */
export function readsPfx(windows: string | null, importsOn: ImportsOn): boolean {
  if (importsOn.windowsServer2016 === true) return true;
  const build = Number(/^10\.0\.(\d+)/.exec(windows ?? '')?.[1] ?? 0);
  return build >= windowsServer2019 && importsOn.windowsServer2019 !== false;
}

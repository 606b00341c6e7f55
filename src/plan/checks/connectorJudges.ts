// Checks of connectors and of the hybrid configuration.
import { sameName, type Time } from '../../model/names';
import type { Verdict } from '../../model/plan';
import { isSetTo } from '../tlsCertificateName';
import { all, fails, holds, unknown } from '../verdict';
import { type Judges, onServer } from './judges';
import { serverJudges } from './serverJudges';

export const connectorJudges: Judges<
  'receive-connector' | 'send-connector' | 'source-servers-ready' | 'hybrid-configuration'
> = {
  'receive-connector': (check, world) =>
    onServer(check.server, world, (there) => {
      const seen = world.view.found.taken;
      if (there.row.receiveConnectors === null) return unknown('not-told');
      const row = there.receiveConnector(check.connector);
      return row === undefined ? fails(seen, 'absent') : named(row.tlsCertificateName, check.tlsCertificateName, seen);
    }),
  'send-connector': (check, { view }) => {
    const { sendConnectors, taken } = view.found;
    if (sendConnectors === null) return unknown('not-told');
    const row = view.sendConnector(check.connector);
    return row === undefined ? fails(taken, 'absent') : named(row.tlsCertificateName, check.tlsCertificateName, taken);
  },
  'source-servers-ready': ({ connector, thumbprint }, world) => {
    const { found } = world.view;
    const sources = world.view.sendConnector(connector)?.sourceTransportServers ?? null;
    if (sources === null) return unknown('not-told');
    const edges = found.edgeSubscriptions ?? [];
    const verdicts = sources
      .filter((source) => !edges.some((edge) => sameName(edge, source)))
      .map((server): Verdict => {
        const verdict = serverJudges['services-enabled'](
          { check: 'services-enabled', server, thumbprint, services: ['SMTP'] },
          world,
        );
        return verdict.verdict === 'fails' ? fails(verdict.seen, server) : verdict;
      });
    return all(verdicts, found.taken);
  },
  'hybrid-configuration': (check, { view: { found } }) =>
    named(found.hybrid?.tlsCertificateName ?? null, check.tlsCertificateName, found.taken),
};

function named(value: string | null, wanted: string, seen: Time): Verdict {
  if (value === null) return unknown('not-told');
  return isSetTo(value, wanted) ? holds(seen) : fails(seen, value);
}

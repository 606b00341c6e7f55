// `probe --format prometheus`: metrics for node_exporter's textfile collector, in Prometheus's text format 0.0.4.
import type { Observation } from '../model/observation';
import { forLabel } from '../model/untrustedText';
import type { Judged } from '../probe/judgeOf';
import { elementsOf, placeOf } from './probeLine';
import { stateOf } from './probePlugin';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: (judged: Judged, now: Date) => readonly Sample[];
}

/** In the order printed; a metric without a sample is left out. */
const metrics: readonly Metric[] = [
  {
    name: 'presented',
    help: 'Whether the endpoint presented a certificate (1) or not (0).',
    samples: one(({ outcome }) => Number(outcome === 'presented')),
  },
  {
    name: 'state',
    help: 'All findings together: 0 all well, 1 a warning, 2 an error.',
    samples: (judged) => [{ labels: labelsOf(judged.observation), value: stateOf(judged) }],
  },
  {
    name: 'trusted',
    help: 'Whether the chain is trusted by the store (1) or not (0); absent where trust was not judged.',
    samples: ({ observation }) => {
      const { trust } = observation;
      if (!trust) return [];
      return [{ labels: { ...labelsOf(observation), store: trust.store }, value: Number(trust.trusted) }];
    },
  },
  {
    name: 'not_after_timestamp_seconds',
    help: "End of each certificate of the chain, in seconds since 1970; element 1 is the server's own.",
    samples: ({ observation }, now) =>
      elementsOf(observation, now).map(({ notAfter, subject }, at) => ({
        labels: { ...labelsOf(observation), element: String(at + 1), subject },
        value: Date.parse(notAfter) / 1000,
      })),
  },
  {
    name: 'finding',
    help: '1 for each finding that is there, by its code and severity.',
    samples: ({ observation, findings }) => {
      const codes = new Map(findings.map(({ code, severity }) => [`${code} ${severity}`, { code, severity }]));
      return [...codes.values()].map((finding) => ({ labels: { ...labelsOf(observation), ...finding }, value: 1 }));
    },
  },
  {
    name: 'tls_info',
    help: 'The newest version of TLS that the endpoint speaks, and the thumbprint of its certificate.',
    samples: ({ observation }) => {
      const { tls, certificate } = observation;
      if (!tls || !certificate) return [];
      const { thumbprint } = certificate;
      return [{ labels: { ...labelsOf(observation), version: tls.version, thumbprint }, value: 1 }];
    },
  },
  {
    name: 'duration_seconds',
    help: 'How long the check took.',
    samples: one(({ milliseconds }) => milliseconds / 1000),
  },
  {
    name: 'checked_timestamp_seconds',
    help: 'When the check began, in seconds since 1970: an alert on its age finds a job that no longer runs.',
    samples: one(({ at }) => Date.parse(at) / 1000),
  },
];

/** The whole text, each metric with its HELP and TYPE and all its samples together. */
export function metricsText(judged: readonly Judged[], now: Date): string {
  return metrics
    .flatMap(({ name, help, samples }) => {
      const full = `exchange_certificate_${name}`;
      const lines = judged.flatMap((one) => samples(one, now)).map((sample) => `${full}${lineOf(sample)}`);
      return lines.length === 0 ? [] : [`# HELP ${full} ${help}`, `# TYPE ${full} gauge`, ...lines];
    })
    .map((line) => `${line}\n`)
    .join('');
}

function one(value: (observation: Observation) => number): Metric['samples'] {
  return ({ observation }) => [{ labels: labelsOf(observation), value: value(observation) }];
}

/** What tells an endpoint from the others; a label without a value is one that is absent (prometheus.io, "Data model"). */
function labelsOf(observation: Observation): Sample['labels'] {
  const { server, endpoint } = observation;
  const { protocol, servername, address = '' } = endpoint;
  return { endpoint: placeOf(observation), address, protocol, server: server ?? '', servername };
}

function lineOf({ labels, value }: Sample): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${forLabel(text)}"`);
  return `{${pairs.join(',')}} ${value}`;
}

// One step of each kind, as a plan makes them, for the scripts' tests; hostile names on request.
import { type Thumbprint } from '../../src/model/names';
import { type Step, type StepKind } from '../../src/model/plan';

type Data<Kind extends StepKind> = Omit<
  Extract<Step, { readonly kind: Kind }>,
  'id' | 'kind' | 'reason' | 'needs' | 'before' | 'after' | 'script'
>;

let last = 0;

/** A step of `kind` with its data; the rest is as in a fresh plan. */
export function stepOf<Kind extends StepKind>(kind: Kind, data: Data<Kind>): Extract<Step, { readonly kind: Kind }> {
  last += 1;
  const frame = { reason: { code: 'missing' }, needs: [], before: [], after: [], script: null };
  return { ...frame, id: last.toString(16).padStart(8, '0'), kind, ...data } as unknown as Extract<
    Step,
    { readonly kind: Kind }
  >;
}

/** Everything a name may carry: the five single quotes, code, wildcards, dashes, letters of every sort. */
export const hostile = 'Rel\'ay ’‘‚‛ $(throw 1) `n "q" –— [1] #> ; Ñò Größe 😀';

/** Each kind that has a script, in each of its forms. */
export function allSteps(a: Thumbprint, b: Thumbprint, internal: Thumbprint, name = 'SEND'): readonly Step[] {
  const target = { server: 'SERVER1' };
  const from = "<I>CN=R12, O=Let's Encrypt, C=US<S>CN=www.mydomain.com";
  const to = `<I>CN=${name}<S>CN=www.mydomain.com`;
  return [
    stepOf('take-snapshot', { target: {}, thumbprint: b }),
    stepOf('back-up', { target, thumbprint: a }),
    ...(['exchange', 'pki'] as const).flatMap((by) =>
      (['original', 'converted'] as const).map((source) => stepOf('import', { target, thumbprint: b, source, by })),
    ),
    stepOf('take-back-import', { target, thumbprint: b, tlsCertificateName: to, replacement: a }),
    stepOf('set-friendly-name', { target, thumbprint: b, friendlyName: name, previous: name }),
    stepOf('restore-internal-transport-certificate', { target, thumbprint: internal, seconds: 30 }),
    ...(['keep', 'ask'] as const).flatMap((policy) =>
      [true, false].map((requireSsl) =>
        stepOf('enable-services', {
          target,
          thumbprint: b,
          services: ['POP', 'IMAP', 'IIS', 'SMTP'],
          internalTransport: internal,
          policy,
          requireSsl,
          seconds: 30,
        }),
      ),
    ),
    stepOf('restart-services', { target, thumbprint: b, services: ['POP', 'IMAP'] }),
    stepOf('recycle-iis', { target, thumbprint: b, how: 'recycle' }),
    stepOf('recycle-iis', { target, thumbprint: b, how: 'reset' }),
    stepOf('receive-connector', { target: { ...target, connector: `SERVER1\\${name}` }, thumbprint: b, from, to }),
    stepOf('send-connector', { target: { connector: name }, thumbprint: b, from, to }),
    stepOf('hybrid-configuration', { target: {}, thumbprint: b, from, to }),
    stepOf('wait-for-replication', { target: {}, thumbprint: b, minutes: 15 }),
    stepOf('watch-queues', { target: { connector: name }, thumbprint: b, minutes: 10 }),
    stepOf('remove', { target, thumbprint: a, tlsCertificateName: from, replacement: b }),
    stepOf('delete-copies', { target: {}, thumbprint: a }),
  ];
}

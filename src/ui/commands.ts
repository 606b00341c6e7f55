// The command ids, each once: features reach each other only through them, and a test holds them against the manifest.

const prefix = 'exchangeCertificates';

export const commands = {
  createConfiguration: `${prefix}.createConfiguration`,
  takeSnapshot: `${prefix}.takeSnapshot`,
  checkTerminal: `${prefix}.checkTerminal`,
  checkAssumptions: `${prefix}.checkAssumptions`,
  openConfiguration: `${prefix}.openConfiguration`,
  chooseConfiguration: `${prefix}.chooseConfiguration`,
  stopTrackingKeys: `${prefix}.stopTrackingKeys`,
  refresh: `${prefix}.refresh`,
  checkEndpoints: `${prefix}.checkEndpoints`,
  openEndpointReport: `${prefix}.openEndpointReport`,
  rotate: `${prefix}.rotate`,
  openRotation: `${prefix}.openRotation`,
  closeRotation: `${prefix}.closeRotation`,
  openPlan: `${prefix}.openPlan`,
  openScript: `${prefix}.openScript`,
  runStep: `${prefix}.runStep`,
  runPhase: `${prefix}.runPhase`,
  runNext: `${prefix}.runNext`,
  openInTerminal: `${prefix}.openInTerminal`,
  continueAfterCanary: `${prefix}.continueAfterCanary`,
  deferServer: `${prefix}.deferServer`,
  resumeServer: `${prefix}.resumeServer`,
  acceptWithoutProbe: `${prefix}.acceptWithoutProbe`,
  answerQuestion: `${prefix}.answerQuestion`,
  openSession: `${prefix}.openSession`,
  copyThumbprint: `${prefix}.copyThumbprint`,
  copyTlsCertificateName: `${prefix}.copyTlsCertificateName`,
  computeThumbprint: `${prefix}.computeThumbprint`,
  convertForWindowsServer2016: `${prefix}.convertForWindowsServer2016`,
  convertToAes256: `${prefix}.convertToAes256`,
  forgetPassword: `${prefix}.forgetPassword`,
  forgetAllPasswords: `${prefix}.forgetAllPasswords`,
  insertCmdlet: `${prefix}.insertCmdlet`,
} as const;

export type CommandName = keyof typeof commands;

export const views = { organization: `${prefix}.organization`, rotation: `${prefix}.rotation` } as const;

export const pfxViewType = `${prefix}.pfx`;
/** The same inspector for files that hold no key: offered by *Reopen With*, since their text is worth editing. */
export const certificateViewType = `${prefix}.certificate`;

/** Documents that the plan renders and that need not be on disk yet. */
export const renderedScheme = 'exchange-certificates';

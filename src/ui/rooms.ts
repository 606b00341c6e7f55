// The rooms that are loaded when they are first needed: each import here becomes a bundle of its own, so that activation stays light.

/** config, snapshot, plan, evidence, folder, runner and powershell: with them come yaml and zod. */
export const organizationRooms = () => import('./chunks/organization.js');

/** pfx: with it comes node-forge. */
export const pfxRooms = () => import('./chunks/pfx.js');

/** probe: sockets. */
export const probeRooms = () => import('./chunks/probe.js');

// What each command does, as a table: the commands themselves are registered at start, long before one of these is loaded.
import type { CommandName } from './commands';

/** Gets what VS Code hands a command: a tree node, a URI, a webview context, or nothing from the palette. */
export type Handler = (argument: unknown, selection: unknown) => unknown;

export type Handlers<Name extends CommandName = CommandName> = Readonly<Record<Name, Handler>>;

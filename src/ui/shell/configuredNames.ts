// Which environment variables the settings give to every terminal, at whatever level they stand.
import * as vscode from 'vscode';

const systems = ['windows', 'linux', 'osx'] as const;

/** The names in terminal.integrated.env.*, those of a folder's or the workspace's settings too. */
export function configuredNames(): readonly string[] {
  const scopes = [undefined, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  const values = scopes.flatMap((scope) =>
    systems.flatMap((system) => {
      const found = vscode.workspace.getConfiguration('terminal.integrated.env', scope).inspect<unknown>(system);
      return [found?.defaultValue, found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
    }),
  );
  return [
    ...new Set(values.flatMap((value) => (typeof value === 'object' && value !== null ? Object.keys(value) : []))),
  ];
}

// Starts the extension: so far only that it loads.

/** Called by VS Code at the first view, command, custom editor or workspace with a config. */
export function activate(): void {
  // The features register here.
}

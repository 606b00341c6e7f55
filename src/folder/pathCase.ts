// Paths of one file system written in different cases.

/** Systems whose file systems take letters of either case for the same: by default, which a volume of them may differ from. */
const caseless: ReadonlySet<string> = new Set(['win32', 'darwin']);

/** `path` in the form in which two paths of the same file are equal; `platform` as Node names it. */
export function comparablePath(path: string, platform: string): string {
  return caseless.has(platform) ? path.toLowerCase() : path;
}

/** The path of `file` below `folder`, with `/` in both, as `file` is written; undefined where it lies elsewhere. */
export function pathBelow(folder: string, file: string, platform: string): string | undefined {
  const above = folder.endsWith('/') ? folder : `${folder}/`;
  // a letter and its small form can differ in length (U+0130): then the two are compared as they are
  const same =
    comparablePath(above, platform).length === above.length ? comparablePath : (path: string): string => path;
  return same(file.slice(0, above.length), platform) === same(above, platform) ? file.slice(above.length) : undefined;
}

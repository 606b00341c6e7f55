// Writes a text as a YAML scalar, with quotation marks where YAML needs them.

/** Plain where no character can mean anything else, else in single quotes, which know no escapes but their own doubling. */
export function scalarText(text: string): string {
  const plain =
    /^[A-Za-z][A-Za-z0-9 ._-]*[A-Za-z0-9]$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text);
  return plain ? text : `'${text.replaceAll("'", "''")}'`;
}

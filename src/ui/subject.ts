// What a command was called on: the node of a tree, or what a page says of itself.
import { own } from '../model/own';

/** A tree node's subject; undefined where the command was called elsewhere. */
export function subjectOf(argument: unknown): object | undefined {
  const subject: unknown =
    typeof argument === 'object' && argument !== null && 'subject' in argument ? argument.subject : undefined;
  return typeof subject === 'object' && subject !== null ? subject : undefined;
}

/** A text of a tree node's subject, or of a webview's context. */
export function textField(argument: unknown, name: string): string | undefined {
  const holder = subjectOf(argument) ?? argument;
  const value: unknown =
    typeof holder === 'object' && holder !== null ? own(holder as Record<string, unknown>, name) : undefined;
  return typeof value === 'string' ? value : undefined;
}

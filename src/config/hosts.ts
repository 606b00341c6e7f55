// What a host name and a remoting address look like.

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?';
const hostName = new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`, 'i');
const version4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

export function isHostName(text: string): boolean {
  return hostName.test(text);
}

/** An IPv4 or IPv6 address, unbracketed. */
export function isAddress(text: string): boolean {
  if (version4.test(text)) return text.split('.').every((part) => Number(part) <= 255);
  return text.includes(':') && URL.canParse(`http://[${text}]/`);
}

/** The URL of a text that is http(s) and absolute as written; undefined where it is not. */
export function webAddress(text: string): URL | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
}

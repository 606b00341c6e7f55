// The ids of questions, which are the keys of their decisions in `rotation.json`.
/** `follow:receive-connector:SERVER2\Relay SERVER2` */
export function followReceive(identity: string): string {
  return `follow:receive-connector:${identity}`;
}

export function followSend(name: string): string {
  return `follow:send-connector:${name}`;
}

/** Another server beside these is another question. */
export function outsideQuestion(servers: readonly string[]): string {
  return `outside:${servers.join(',')}`;
}

export const followHybrid = 'follow:hybrid';

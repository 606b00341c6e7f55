// The ids of questions, which are the keys of their decisions in `rotation.json`.
/** `follow:receive-connector:SERVER2\Relay SERVER2` */
export function followReceive(identity: string): string {
  return `follow:receive-connector:${identity}`;
}

export function followSend(name: string): string {
  return `follow:send-connector:${name}`;
}

export const followHybrid = 'follow:hybrid';

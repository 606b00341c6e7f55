// The name under which a finished wait for replication is told, beside the names of send connectors.
export const replication = 'replication';

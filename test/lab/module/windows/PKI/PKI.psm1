# Found by Import-Module PKI, which Windows has; its commands are there already, or belong to a server.

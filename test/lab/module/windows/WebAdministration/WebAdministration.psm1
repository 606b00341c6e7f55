# Found by Import-Module WebAdministration, which Windows has; its commands are there already, or belong to a server.

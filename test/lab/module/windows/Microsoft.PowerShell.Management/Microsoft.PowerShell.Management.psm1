# Found by Import-Module Microsoft.PowerShell.Management, which Windows has; its commands are there already, or belong to a server.

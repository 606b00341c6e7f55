# Found by Import-Module Microsoft.PowerShell.Utility, which Windows has; its commands are there already, or belong to a server.

# Programs of Windows that scripts call by name; on the workstation and on servers.

# Only the form that closes a folder for everyone but one account: here, mode 0700 of the host's folder.
function icacls {
    $Path, $Options = $args[0], @($args | Select-Object -Skip 1)
    $global:LASTEXITCODE = 0
    if (-not (Test-Path -LiteralPath $Path)) {
        $global:LASTEXITCODE = 2
        return "${Path}: The system cannot find the file specified."
    }
    if ($Options.Count -ne 3 -or $Options[0] -ne '/inheritance:r' -or $Options[1] -ne '/grant:r' -or $Options[2] -notmatch '^(\*S-1-5-[\d-]+|[^:*]+):(\(OI\))?(\(CI\))?F$') {
        $global:LASTEXITCODE = 87
        return "Invalid parameter `"$Options`""
    }
    [System.IO.File]::SetUnixFileMode((Resolve-Path -LiteralPath $Path).ProviderPath, 448)
    "processed file: $Path"
    'Successfully processed 1 files; Failed processing 0 files'
}

Export-ModuleMember -Function icacls

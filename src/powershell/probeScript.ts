// The look from elsewhere: a server of the organization looks at the endpoints through sessions on it, and tells what it was presented.
import type { Endpoint } from '../model/observation';
import type { Wanted } from '../model/wanted';
import { renderScript } from './script';
import { wantedServer } from './scriptContext';

/** What the results of these scripts say where a step's id stands. */
export const probeStep = 'probe';

/** Sessions side by side on the one server: far from what WinRM allows one user, 30 (MaxShellsPerUser). */
const mostSessions = 8;
/** Opening a session takes as long as several looks. */
const looksPerSession = 8;

export interface ProbeScript {
  /** The name of a server of the configuration. */
  readonly from: string;
  /** In the order in which the result numbers them. */
  readonly endpoints: readonly Endpoint[];
  /** For each look by itself. */
  readonly milliseconds: number;
}

/** The script as it is written to a file. Throws a RangeError for a server that is not configured, or a name with a control character. */
export function renderProbeScript(wanted: Wanted, { from, endpoints, milliseconds }: ProbeScript): string {
  const { name, fqdn } = wantedServer(wanted, from);
  return renderScript({
    step: probeStep,
    purpose: `Look at ${endpoints.length} endpoints from ${name}, where their ports are open`,
    target: wanted.organization,
    from: '-',
    to: '-',
    undo: 'none: this only reads',
    values: {
      lookFrom: { name, fqdn },
      endpoints: endpoints.map((one) => [one.protocol, one.host, one.port, one.servername].join(' ')),
      milliseconds,
      shares: Math.min(mostSessions, Math.ceil(endpoints.length / looksPerSession)),
    },
    functions: [look],
    outcome: 'done',
    body: String.raw`
    $sessions = @(Get-ServerSession $lookFrom.fqdn)
    while ($sessions.Count -lt $shares) { $sessions += New-PSSession -ComputerName $lookFrom.fqdn -ErrorAction Stop }
    # Each session looks at every n-th endpoint, beginning with the one of its own number.
    $number = 0
    foreach ($session in $sessions) {
        Invoke-Command -Session $session -ArgumentList $number -ErrorAction Stop -ScriptBlock { param([int]$Number) $global:Share = $Number }
        $number += 1
    }
    $chains = [ordered]@{}
    $looks = @(Invoke-Command -Session $sessions -ScriptBlock $Look -ArgumentList $endpoints, $sessions.Count, $milliseconds -ErrorAction Stop | ForEach-Object {
        $seen = ConvertFrom-Json -InputObject ([string]$_)
        if (-not $chains.Contains($seen.chain)) { $chains.Add($seen.chain, $chains.Count) }
        $seen.chain = $chains[$seen.chain]
        $seen
    })
    $result.after = @{ looked = [ordered]@{ from = $lookFrom.name; chains = @($chains.Keys); looks = $looks } }
`,
  });
}

/**
 * What runs on the server that looks. SslStream tells no chain in its order and no suite by its name, and TLS 1.3 may not be
 * asked for by name before .NET 4.8; a handshake it completed proves the key as ours does. What is said stands in one table:
 * the line, which line ends the answer, what must be in the answer, and what it means where it is not.
 */
const look = String.raw`
$Look = {
    param([string[]]$Endpoints, [int]$Shares, [int]$Milliseconds)
    $ErrorActionPreference = 'Stop'
    $talks = @{
        smtp = @(@('', '^\d{3}( |$)', '^220', 'closed'), @('EHLO [{0}]', '^\d{3}( |$)', '\n250[ -]STARTTLS\s*(\n|$)', 'starttls-not-offered'), @('STARTTLS', '^\d{3}( |$)', '^220', 'starttls-refused'))
        imap = @(@('', '', '^\* OK\b', 'closed'), @('a1 CAPABILITY', '^a1 ', '(^|\n)\* CAPABILITY (.* )?STARTTLS( |\n)', 'starttls-not-offered'), @('a2 STARTTLS', '^a2 ', '(^|\n)a2 OK\b', 'starttls-refused'))
        pop3 = @(@('', '', '^\+OK\b', 'closed'), @('CAPA', '^(\.$|-ERR)', '\nSTLS\s*\n', 'starttls-not-offered'), @('STLS', '', '^\+OK\b', 'starttls-refused'))
    }
    $shapes = @{ smtp = '^[2-5]\d\d([ -]|$)'; imap = '^(\*|a\d) '; pop3 = '^(\+OK|-ERR)' }
    $farewells = @{ smtp = 'QUIT'; imap = 'a3 LOGOUT'; pop3 = 'QUIT' }
    function Send-Line {
        param([string]$Line)
        $bytes = [Text.Encoding]::ASCII.GetBytes($Line + [char]13 + [char]10)
        $stream.Write($bytes, 0, $bytes.Count)
    }
    function Read-Answer {
        param([string]$Last)
        $answer = ''
        while ($true) {
            $line = ''
            while ($true) {
                # Waited for here and not in the read, which Ctrl+C could not end.
                while (-not $stream.DataAvailable -and -not $client.Client.Poll(0, 'SelectRead')) { Start-Sleep -Milliseconds 10 }
                if (($byte = $stream.ReadByte()) -eq 10) { break }
                if ($byte -lt 0) { throw ($answer + $line + ' ') }
                if ($line.Length -ge 8192 -or $answer.Length -ge 65536) { $seen.outcome = 'not-this-protocol'; throw 'line-too-long' }
                $line += [char]$byte
            }
            $line = $line.TrimEnd([char]13)
            if (-not $seen.banner) { $seen.banner = $line }
            $answer += $line
            if ($line -match $Last) { return $answer }
            $answer += [char]10
        }
    }
    function Start-Talk {
        param([string]$Protocol, [string]$Me)
        foreach ($turn in $talks[$Protocol]) {
            if ($turn[0]) { Send-Line ($turn[0] -f $Me) }
            $answer = Read-Answer $turn[1]
            if ($answer -notmatch $shapes[$Protocol]) { $seen.outcome = 'not-this-protocol'; throw $answer }
            if ($answer -match '(^|\n)(421|\* BYE)\b') { throw $answer }
            if ($answer -notmatch $turn[2]) { $seen.outcome = $turn[3]; Send-Line $farewells[$Protocol]; throw $answer }
        }
        # What stands behind the answer would be read as if it had come through TLS (RFC 3207 section 6).
        if ($talks[$Protocol] -and $stream.DataAvailable) { $seen.outcome = 'injected-before-tls'; throw 'bytes behind the answer' }
    }
    # $seen.outcome is always what a failure at this moment means.
    function Get-Seen {
        param([string]$Protocol, [string]$Address, [int]$Port, [string]$Name)
        $addresses = [Net.Dns]::GetHostAddresses($Address)
        foreach ($ip in $addresses) {
            $client = $held.client = [Net.Sockets.TcpClient]::new($ip.AddressFamily)
            # One bound for all of it, by .NET's own timer: no read or handshake outlasts the connection.
            $null = $late.Token.Register([Delegate]::CreateDelegate([Action], $client, 'Close'))
            try { $client.Connect($ip, $Port); break } catch { $client.Close(); if ($ip -eq $addresses[-1]) { throw } }
        }
        $seen.outcome = 'closed'
        $stream = $client.GetStream()
        $me = $client.Client.LocalEndPoint.Address
        Start-Talk $Protocol $(if ($me.AddressFamily -eq 'InterNetworkV6') { 'IPv6:' + $me } else { [string]$me })
        $seen.outcome = 'handshake-failed'
        $tls = [Net.Security.SslStream]::new($stream, $false, [Net.Security.RemoteCertificateValidationCallback]{
            param($asked, $leaf, $built)
            $seen.chain = @(@($leaf) + @($built.ChainPolicy.ExtraStore) | Where-Object { $_ } | ForEach-Object { [Convert]::ToBase64String($_.GetRawCertData()) } | Select-Object -Unique) -join ' '
            $true
        })
        $tls.AuthenticateAsClient($Name, $null, [Security.Authentication.SslProtocols]'Tls, Tls11, Tls12', $false)
        $seen.version = [string]$tls.SslProtocol
        $seen.cipher = '{0} {1} {2}' -f $tls.KeyExchangeAlgorithm, $tls.CipherAlgorithm, $tls.HashAlgorithm
        $seen.outcome = 'presented'
    }
    $at = $Share
    while ($at -lt $Endpoints.Count) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $now = (Get-Date).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", [Globalization.CultureInfo]::InvariantCulture)
        $seen = @{ number = $at; at = $now; outcome = 'unreachable'; detail = $null; banner = $null; chain = ''; version = $null; cipher = $null }
        $late = [Threading.CancellationTokenSource]::new($Milliseconds)
        $held = @{ client = $null }
        $protocol, $address, $port, $name = $Endpoints[$at] -split ' '
        try { Get-Seen $protocol $address $port $name } catch {
            $seen.detail = [string]$_.Exception.GetBaseException().Message
            if ($late.IsCancellationRequested) { $seen.detail = 'ETIMEDOUT'; if ($seen.outcome -ne 'unreachable') { $seen.outcome = 'timeout' } }
        } finally { if ($held.client) { $held.client.Close() }; $late.Dispose() }
        foreach ($key in 'banner', 'detail') { if ($seen[$key]) { $seen[$key] = $seen[$key].Substring(0, [Math]::Min(600, $seen[$key].Length)) } }
        $seen.milliseconds = [int]$watch.ElapsedMilliseconds
        ConvertTo-Json -InputObject $seen -Compress
        $at += $Shares
    }
}
`;

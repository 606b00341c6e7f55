// Read-Host, Get-Credential, the SecureString conversions, Start-Sleep.
using System.Globalization;
using System.Management.Automation;
using System.Security;
using System.Text;

namespace Lab;

[Cmdlet(VerbsCommunications.Read, "Host")]
public sealed class ReadHost : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true), AllowNull] public object? Prompt { get; set; }
    [Parameter] public SwitchParameter AsSecureString { get; set; }

    protected override void EndProcessing()
    {
        var window = (TextWindow)LabContext.Current.Host.UI!;
        var words = Prompt is System.Collections.IEnumerable parts and not string ? string.Join(" ", parts.Cast<object>()) : Prompt?.ToString();
        var prompt = string.IsNullOrEmpty(words) ? "" : words + ": ";
        WriteObject(AsSecureString ? window.ReadSecret(prompt) : window.ReadLine(prompt));
    }
}

[Cmdlet(VerbsCommon.Get, "Credential")]
public sealed class GetCredential : PSCmdlet
{
    [Parameter(Position = 0)] public object? Credential { get; set; }
    [Parameter] public string Message { get; set; } = "";
    [Parameter] public string UserName { get; set; } = "";

    protected override void EndProcessing()
    {
        if ((Credential as PSObject)?.BaseObject is PSCredential ready || (ready = (Credential as PSCredential)!) is not null)
        {
            WriteObject(ready);
            return;
        }
        WriteObject(LabContext.Current.Host.UI!.PromptForCredential("Windows PowerShell credential request", Message.Length > 0 ? Message : "Enter your credentials.", Credential?.ToString() ?? UserName, ""));
    }
}

[Cmdlet(VerbsData.ConvertTo, "SecureString", DefaultParameterSetName = "Secure")]
public sealed class ConvertToSecureString : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)] public string String { get; set; } = "";
    [Parameter(Mandatory = true, ParameterSetName = "PlainText")] public SwitchParameter AsPlainText { get; set; }
    [Parameter(ParameterSetName = "PlainText")] public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (AsPlainText && !Force)
        {
            var failure = new ArgumentException("The system cannot protect plain text input. To suppress this warning and convert the plain text to a SecureString, reissue the command specifying the Force parameter.");
            ThrowTerminatingError(new ErrorRecord(failure, "ImportSecureString_ForceRequired", ErrorCategory.InvalidArgument, null));
        }
        WriteObject(Secrets.Hide(AsPlainText ? String : Encoding.Unicode.GetString(Convert.FromHexString(String))));
    }
}

/// <summary>Without a key 5.1 encrypts for the user by DPAPI; here the text is only encoded.</summary>
[Cmdlet(VerbsData.ConvertFrom, "SecureString")]
public sealed class ConvertFromSecureString : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)] public SecureString SecureString { get; set; } = new();

    protected override void ProcessRecord() => WriteObject(Convert.ToHexStringLower(Encoding.Unicode.GetBytes(Secrets.Reveal(SecureString))));
}

[Cmdlet(VerbsLifecycle.Start, "Sleep", DefaultParameterSetName = "Seconds")]
public sealed class StartSleep : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim stopped = new(false);

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Seconds", ValueFromPipeline = true)] public int Seconds { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "Milliseconds"), Alias("ms")] public int Milliseconds { get; set; }

    protected override void ProcessRecord() => stopped.Wait(ParameterSetName == "Seconds" ? Seconds * 1000 : Milliseconds);
    protected override void StopProcessing() => stopped.Set();
    public void Dispose() => stopped.Dispose();
}

[Cmdlet(VerbsCommon.Get, "Date")]
public sealed class GetDate : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true), Alias("LastWriteTime")] public DateTime? Date { get; set; }
    [Parameter] public string? Format { get; set; }
    [Parameter] public string? UFormat { get; set; }
    [Parameter] public int Year { get; set; }
    [Parameter] public int Month { get; set; }
    [Parameter] public int Day { get; set; }
    [Parameter] public int Hour { get; set; } = -1;
    [Parameter] public int Minute { get; set; } = -1;
    [Parameter] public int Second { get; set; } = -1;

    protected override void ProcessRecord()
    {
        var time = Date ?? DateTime.Now.AddMinutes(LabContext.Current.ClockMinutes);
        time = time.AddYears(Year > 0 ? Year - time.Year : 0).AddMonths(Month > 0 ? Month - time.Month : 0).AddDays(Day > 0 ? Day - time.Day : 0);
        time = time.AddHours(Hour >= 0 ? Hour - time.Hour : 0).AddMinutes(Minute >= 0 ? Minute - time.Minute : 0).AddSeconds(Second >= 0 ? Second - time.Second : 0);
        WriteObject(Format is null ? time : time.ToString(Format, CultureInfo.CurrentCulture));
    }
}

[Cmdlet(VerbsCommon.Get, "Culture")]
public sealed class GetCulture : PSCmdlet
{
    protected override void EndProcessing() => WriteObject(Host.CurrentCulture);
}

[Cmdlet(VerbsCommon.Get, "UICulture")]
public sealed class GetUICulture : PSCmdlet
{
    protected override void EndProcessing() => WriteObject(Host.CurrentUICulture);
}

[Cmdlet(VerbsCommon.New, "TimeSpan", DefaultParameterSetName = "Parts")]
public sealed class NewTimeSpan : PSCmdlet
{
    [Parameter(Position = 0, ParameterSetName = "Dates", ValueFromPipeline = true)] public DateTime? Start { get; set; }
    [Parameter(Position = 1, ParameterSetName = "Dates")] public DateTime? End { get; set; }
    [Parameter(ParameterSetName = "Parts")] public int Days { get; set; }
    [Parameter(ParameterSetName = "Parts")] public int Hours { get; set; }
    [Parameter(ParameterSetName = "Parts")] public int Minutes { get; set; }
    [Parameter(ParameterSetName = "Parts")] public int Seconds { get; set; }

    protected override void ProcessRecord() =>
        WriteObject(ParameterSetName == "Dates" ? (End ?? DateTime.Now) - (Start ?? DateTime.Now) : new TimeSpan(Days, Hours, Minutes, Seconds));
}

// Write-Output, -Host, -Error, -Warning, -Verbose, -Debug, -Information, -Progress.
using System.Collections;
using System.Management.Automation;

namespace Lab;

[Cmdlet(VerbsCommunications.Write, "Output")]
public sealed class WriteOutput : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true), AllowNull, AllowEmptyCollection] public PSObject?[]? InputObject { get; set; }
    [Parameter] public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            WriteObject(null);
            return;
        }
        foreach (var item in InputObject)
        {
            WriteObject(item, !NoEnumerate);
        }
    }
}

[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHost : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)] public object? Object { get; set; }
    [Parameter] public SwitchParameter NoNewline { get; set; }
    [Parameter] public object Separator { get; set; } = " ";
    [Parameter] public ConsoleColor? ForegroundColor { get; set; }
    [Parameter] public ConsoleColor? BackgroundColor { get; set; }

    protected override void ProcessRecord()
    {
        var message = new HostInformationMessage { Message = Text(Object), NoNewLine = NoNewline };
        if (ForegroundColor is not null || BackgroundColor is not null)
        {
            // the library drops colours while it formats plain text: straight to the window
            var window = LabContext.Current.Host.UI!;
            window.Write(ForegroundColor ?? window.RawUI.ForegroundColor, BackgroundColor ?? window.RawUI.BackgroundColor, message.Message + (NoNewline ? "" : "\n"));
            return;
        }
        WriteInformation(message, ["PSHOST"]);
    }

    private string Text(object? value)
    {
        var bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        return bare is IEnumerable items and not string and not IDictionary
            ? string.Join(Separator.ToString(), items.Cast<object?>().Select(Text))
            : value is null ? "" : LanguagePrimitives.ConvertTo<string>(value);
    }
}

[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "NoException")]
public sealed class WriteErrorCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ParameterSetName = "Exception")] public Exception? Exception { get; set; }
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NoException", ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "Exception")]
    [AllowNull, AllowEmptyString, Alias("Msg")] public string? Message { get; set; }
    [Parameter(Mandatory = true, ParameterSetName = "ErrorRecord")] public ErrorRecord? ErrorRecord { get; set; }
    [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "Exception")] public ErrorCategory Category { get; set; }
    [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "Exception")] public string ErrorId { get; set; } = "";
    [Parameter(ParameterSetName = "NoException"), Parameter(ParameterSetName = "Exception")] public object? TargetObject { get; set; }
    [Parameter] public string? RecommendedAction { get; set; }
    [Parameter] public string? CategoryReason { get; set; }
    [Parameter] public string? CategoryActivity { get; set; }

    protected override void ProcessRecord()
    {
        var id = ErrorId.Length > 0 ? ErrorId : Exception?.GetType().FullName ?? "Microsoft.PowerShell.Commands.WriteErrorException";
        var record = ErrorRecord is null
            ? new ErrorRecord(Exception ?? new WriteErrorException(Message ?? ""), id, Category, TargetObject)
            : new ErrorRecord(ErrorRecord, null);
        if (Exception is not null && Message is not null)
        {
            record.ErrorDetails = new ErrorDetails(Message);
        }
        record.CategoryInfo.Activity = CategoryActivity ?? "Write-Error";
        if (CategoryReason is not null)
        {
            record.CategoryInfo.Reason = CategoryReason;
        }
        WriteError(record);
    }
}

/// <summary>What Write-Error throws where a message only is told.</summary>
public sealed class WriteErrorException(string message) : SystemException(message);

[Cmdlet(VerbsCommunications.Write, "Warning")]
public sealed class WriteWarningCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), AllowEmptyString, Alias("Msg")] public string Message { get; set; } = "";
    protected override void ProcessRecord() => WriteWarning(Message);
}

[Cmdlet(VerbsCommunications.Write, "Verbose")]
public sealed class WriteVerboseCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), AllowEmptyString, Alias("Msg")] public string Message { get; set; } = "";
    protected override void ProcessRecord() => WriteVerbose(Message);
}

[Cmdlet(VerbsCommunications.Write, "Debug")]
public sealed class WriteDebugCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), AllowEmptyString, Alias("Msg")] public string Message { get; set; } = "";
    protected override void ProcessRecord() => WriteDebug(Message);
}

[Cmdlet(VerbsCommunications.Write, "Information")]
public sealed class WriteInformationCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true), Alias("Msg", "Message")] public object MessageData { get; set; } = "";
    [Parameter(Position = 1)] public string[] Tags { get; set; } = [];
    protected override void ProcessRecord() => WriteInformation(MessageData, Tags);
}

[Cmdlet(VerbsCommunications.Write, "Progress")]
public sealed class WriteProgressCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)] public string Activity { get; set; } = "";
    [Parameter(Position = 1)] public string Status { get; set; } = "Processing";
    [Parameter(Position = 2)] public int Id { get; set; }
    [Parameter] public int PercentComplete { get; set; } = -1;
    [Parameter] public int SecondsRemaining { get; set; } = -1;
    [Parameter] public string? CurrentOperation { get; set; }
    [Parameter] public int ParentId { get; set; } = -1;
    [Parameter] public SwitchParameter Completed { get; set; }
    [Parameter] public int SourceId { get; set; }

    protected override void ProcessRecord() => WriteProgress(new ProgressRecord(Id, Activity, Status)
    {
        PercentComplete = PercentComplete,
        RecordType = Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    });
}

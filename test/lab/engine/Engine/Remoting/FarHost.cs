// The host as a remote session sees it: prompts go to the caller's window, an `exit` there ends nothing here.
using System.Globalization;
using System.Management.Automation.Host;

namespace Lab;

public sealed class FarHost(PSHost near) : PSHost, ICultured
{
    public CultureInfo Culture { get; set; } = CultureInfo.InvariantCulture;
    public override string Name => "ServerRemoteHost";
    public override Version Version => near.Version;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override CultureInfo CurrentCulture => Culture;
    public override CultureInfo CurrentUICulture => Culture;
    public override PSHostUserInterface? UI => near.UI;
    public override void EnterNestedPrompt() => throw new NotSupportedException();
    public override void ExitNestedPrompt() => throw new NotSupportedException();
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
    public override void SetShouldExit(int exitCode) { }
}

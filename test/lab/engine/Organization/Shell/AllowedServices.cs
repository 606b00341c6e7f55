// The values of -Services, combined as PowerShell combines flags (ENABLE).
namespace Lab;

[Flags]
public enum AllowedServices
{
    None = 0,
    IMAP = 1,
    POP = 2,
    UM = 4,
    IIS = 8,
    SMTP = 16,
    Federation = 32,
    UMCallRouter = 64,
}

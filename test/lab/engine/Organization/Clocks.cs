// The time as a server has it: a clock may be wrong.
namespace Lab;

public static class Clocks
{
    /// <summary>Local time by that server's clock.</summary>
    public static DateTime Now(ServerState server) => DateTime.Now.AddMinutes(server.ClockMinutes);
}

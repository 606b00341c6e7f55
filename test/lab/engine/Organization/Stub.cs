// A stand-in until the organization lands its own.
using System.Management.Automation.Runspaces;
using System.Text.Json.Nodes;

namespace Lab;

public sealed class Organization(JsonObject state) : IOrganization
{
    public JsonNode? Call(string operation, JsonObject arguments) => state[operation]?.DeepClone();
}

public static class OrganizationSession
{
    public static void Prepare(InitialSessionState state, SessionKind kind, string? server, IOrganization organization) { }
}

public static class LabProcess
{
    public static int Serve(string[] arguments) => 64;
}

// A server's event log as Get-WinEvent reads it.
using System.Globalization;
using System.Text.Json.Nodes;

namespace Lab;

public static class EventOperations
{
    public static void Register(Organization organization) =>
        organization.Register("event.list", request => new JsonArray(organization.Events.Of(Servers.Local(organization, request)).Select(JsonNode? (each) => new JsonObject
        {
            ["TimeCreated"] = each.Created.ToString("o", CultureInfo.InvariantCulture),
            ["Id"] = each.Id,
            ["LevelDisplayName"] = each.Level,
            ["ProviderName"] = each.Provider,
            ["LogName"] = "Application",
            ["Message"] = each.Message,
        }).ToArray()));
}

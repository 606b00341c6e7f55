// fault.set and fault.clear: what a test or a person breaks, by server, by operation, or at once.
using System.Text.Json.Nodes;

namespace Lab;

public static class FaultOperations
{
    public static void Register(Organization organization)
    {
        organization.Register("fault.set", request =>
        {
            if (!Sets(organization, request))
            {
                organization.Faults.Add((JsonObject)request.Arguments.DeepClone());
            }
            return null;
        });
        organization.Register("fault.list", _ => List(organization));
        organization.Register("fault.clear", _ =>
        {
            organization.Faults.Clear();
            return null;
        });
    }

    /// <summary>What is broken now, each as fault.set took it; what had its turn is left out.</summary>
    private static JsonArray List(Organization organization)
    {
        var servers = organization.State.Servers.SelectMany(server => new JsonObject?[]
        {
            server.Down ? new() { ["server"] = server.Name, ["down"] = true } : null,
            server.DiskFull ? new() { ["server"] = server.Name, ["diskFull"] = true } : null,
            server.ClockMinutes != 0 ? new() { ["server"] = server.Name, ["clockMinutes"] = server.ClockMinutes } : null,
            organization.Faults.Denies(server) ? new() { ["server"] = server.Name, ["denied"] = true } : null,
        });
        var denied = organization.State.Settings.DeniedCmdlets;
        var rights = denied.Count > 0 ? new JsonObject { ["denyCmdlets"] = StateJson.Node(denied) } : null;
        return new JsonArray([.. servers.Append(rights).Concat(organization.Faults.Told()).Where(each => each is not null)]);
    }

    /// <summary>Does what takes effect at once; false: the fault waits for a call that matches it.</summary>
    private static bool Sets(Organization organization, Request request) =>
        SetsServer(organization, request) || SetsSessions(organization, request) || SetsLater(organization, request);

    /// <summary>Down, wrong by the clock, full, or closed to us.</summary>
    private static bool SetsServer(Organization organization, Request request)
    {
        if (request.Has("down"))
        {
            var server = Servers.Known(organization, request.Required("server"));
            server.Down = request.Flag("down");
            organization.Note(server.Down ? "server.down" : "server.up", server.Name);
        }
        else if (request.Has("clockMinutes"))
        {
            var server = Servers.Known(organization, request.Required("server"));
            server.ClockMinutes = request.Arguments["clockMinutes"]!.GetValue<double>();
            organization.Note("clock.set", server.Name, request.Text("clockMinutes"));
        }
        else if (request.Has("diskFull"))
        {
            FillDisk(organization, request.Text("server"), request.Flag("diskFull"));
        }
        else if (request.Has("denied"))
        {
            organization.Faults.Deny(Servers.Known(organization, request.Required("server")), request.Flag("denied"));
        }
        else
        {
            return false;
        }
        return true;
    }

    /// <summary>Sessions that break, rights that go, a domain controller that lags.</summary>
    private static bool SetsSessions(Organization organization, Request request)
    {
        if (request.Flag("drop"))
        {
            organization.Sessions.Drop(request.Text("server"));
        }
        else if (request.List("denyCmdlets") is { Count: > 0 } denied)
        {
            organization.State.Settings.DeniedCmdlets.AddRange(denied);
        }
        else if (request.Text("lag") is { } domainController)
        {
            organization.Faults.Lag(domainController, organization.State);
        }
        else
        {
            return false;
        }
        return true;
    }

    /// <summary>A server that goes down after so many calls.</summary>
    private static bool SetsLater(Organization organization, Request request)
    {
        if (!request.Has("downAfter"))
        {
            return false;
        }
        var server = request.Required("server");
        organization.Faults.Add(new JsonObject
        {
            ["server"] = server,
            ["operation"] = request.Text("operation"),
            ["after"] = request.Number("downAfter", 0),
            ["times"] = 1,
            ["interject"] = new JsonObject { ["operation"] = "fault.set", ["arguments"] = new JsonObject { ["server"] = server, ["down"] = true } },
        });
        return true;
    }

    /// <summary>The workstation's is told by any name that is no server's.</summary>
    private static void FillDisk(Organization organization, string? name, bool full)
    {
        if (organization.State.Servers.Find(server => server.Is(name ?? "")) is { } server)
        {
            server.DiskFull = full;
        }
        else
        {
            organization.Faults.IsWorkstationFull = full;
        }
    }
}

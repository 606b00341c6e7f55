// The remote sessions that are open, and those that broke: a dropped one answers nobody, and a new one is opened as ever.
namespace Lab;

public sealed class Sessions
{
    private readonly Dictionary<string, (string Server, bool Exchange)> open = [];
    private readonly HashSet<string> dropped = [];
    private int last;

    public int Count => open.Count;

    public IEnumerable<string> Servers => open.Values.Select(session => session.Server);

    public int On(string server) => open.Values.Count(session => session.Server == server);

    public string Open(string server, bool exchange)
    {
        var id = $"session-{++last}";
        open[id] = (server, exchange);
        return id;
    }

    public void Close(string id)
    {
        open.Remove(id);
        dropped.Remove(id);
    }

    /// <summary>Breaks the sessions of one server, or all.</summary>
    public void Drop(string? server)
    {
        foreach (var id in open.Where(each => server is null || string.Equals(each.Value.Server, server, StringComparison.OrdinalIgnoreCase)).Select(each => each.Key).ToList())
        {
            open.Remove(id);
            dropped.Add(id);
        }
    }

    public bool IsDropped(string? id) => id is not null && dropped.Contains(id);
}

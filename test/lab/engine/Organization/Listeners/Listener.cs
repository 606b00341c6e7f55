// One listening port: each client gets its dialogue; closing the port ends the dialogues that run.
using System.Net;
using System.Net.Sockets;

namespace Lab;

/// <summary>Speaks with one client until it ends or the listener closes.</summary>
public delegate Task Dialogue(Stream stream, CancellationToken closed);

public sealed class Listener : IDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource closing = new();

    public Listener(IPAddress address, int port, Dialogue dialogue)
    {
        listener = new TcpListener(address, port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start(128);
        _ = Accept(dialogue);
    }

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
    }

    private async Task Accept(Dialogue dialogue)
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(closing.Token);
                _ = Speak(client, dialogue);
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Speak(TcpClient client, Dialogue dialogue)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await dialogue(client.GetStream(), closing.Token);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException or System.ComponentModel.Win32Exception)
            {
                // A client that hangs up, or speaks no TLS we do, ends its own dialogue only.
            }
        }
    }
}

// Runs one pipeline in a session on a thread of its own and hands what comes back to the waiting cmdlet, in order.
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;

namespace Lab;

/// <summary>One thing that came back, still as it travels; done on the cmdlet's own thread.</summary>
public delegate void Delivery(Cmdlet to);

public sealed class FarCall(LabSession session, PSCommand command, IReadOnlyList<object?> input, bool showComputer)
{
    private PowerShell? running;

    public void Run(BlockingCollection<Delivery> deliveries)
    {
        if (session.State != "Opened")
        {
            var closed = new InvalidRunspaceStateException($"The session {session.Name} is not in the Opened state: {session.State}.");
            deliveries.Add(to => to.WriteError(new ErrorRecord(closed, "InvalidSessionState", ErrorCategory.InvalidOperation, session.Shown)));
            return;
        }
        try
        {
            session.Far.Call("session.alive", []);
        }
        catch (LabError broken)
        {
            session.Break();
            deliveries.Add(to => to.WriteError(new ErrorRecord(new PSRemotingTransportException(broken.Message, broken), broken.Id, broken.Category, session.Shown)));
            return;
        }
        using var pipeline = PowerShell.Create();
        running = pipeline;
        pipeline.Runspace = session.Runspace;
        pipeline.Commands = command;
        Forward(pipeline.Streams, deliveries);
        var output = new PSDataCollection<PSObject>();
        output.DataAdded += (_, added) =>
        {
            var text = Wire.Send(output[added.Index]);
            deliveries.Add(to => to.WriteObject(Wire.ReceiveResult(text, session, showComputer)));
        };
        try
        {
            pipeline.Invoke(input.Count == 0 ? null : input, output);
        }
        catch (PipelineStoppedException)
        {
            // stopped by Ctrl+C or killed: the caller stops too
        }
        catch (RuntimeException failure)
        {
            AddError(deliveries, new ErrorRecord(failure.ErrorRecord, failure.ErrorRecord.Exception is ParentContainsErrorRecordException ? failure : failure.ErrorRecord.Exception));
        }
        finally
        {
            Runspace.DefaultRunspace = null;
        }
    }

    public void Stop() => running?.BeginStop(null, null);

    private void Forward(PSDataStreams streams, BlockingCollection<Delivery> deliveries)
    {
        streams.Error.DataAdded += (_, added) => AddError(deliveries, streams.Error[added.Index]);
        streams.Warning.DataAdded += (_, added) => { var text = streams.Warning[added.Index].Message; deliveries.Add(to => to.WriteWarning(text)); };
        streams.Verbose.DataAdded += (_, added) => { var text = streams.Verbose[added.Index].Message; deliveries.Add(to => to.WriteVerbose(text)); };
        streams.Debug.DataAdded += (_, added) => { var text = streams.Debug[added.Index].Message; deliveries.Add(to => to.WriteDebug(text)); };
        streams.Information.DataAdded += (_, added) =>
        {
            var record = streams.Information[added.Index];
            // what Write-Host printed on the far side went to the shared window already
            if (!record.Tags.Contains("PSHOST"))
            {
                deliveries.Add(to => to.WriteInformation(record));
            }
        };
    }

    private void AddError(BlockingCollection<Delivery> deliveries, ErrorRecord error)
    {
        var text = Wire.SendError(error);
        deliveries.Add(to => to.WriteError(Wire.ReceiveError(text, session)));
    }
}

/// <summary>Several calls side by side, at most so many at a time; results are written as they come.</summary>
public sealed class FarCalls(IReadOnlyList<FarCall> calls, int throttle, Kill kill)
{
    private volatile bool stopped;

    public void Run(Cmdlet to)
    {
        using var deliveries = new BlockingCollection<Delivery>();
        if (calls.Count == 1)
        {
            RunOne(to, deliveries);
            return;
        }
        var pending = new ConcurrentQueue<FarCall>(calls);
        var threads = Enumerable.Range(0, Math.Min(throttle, calls.Count)).Select(_ => new Thread(() => Drain(pending, deliveries)) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var closer = new Thread(() => { threads.ForEach(thread => thread.Join()); deliveries.CompleteAdding(); }) { IsBackground = true };
        closer.Start();
        try
        {
            foreach (var delivery in deliveries.GetConsumingEnumerable())
            {
                delivery(to);
            }
        }
        finally
        {
            // the caller left early: nothing may go on behind its back
            Stop();
            closer.Join();
        }
        kill.ThrowIfKilled();
    }

    /// <summary>A single call needs no thread beside the one that waits for it: most calls are such, and starting threads is half of what they cost.</summary>
    private void RunOne(Cmdlet to, BlockingCollection<Delivery> deliveries)
    {
        var caller = Runspace.DefaultRunspace;
        try
        {
            Drain(new ConcurrentQueue<FarCall>(calls), deliveries);
        }
        finally
        {
            Runspace.DefaultRunspace = caller;
        }
        kill.ThrowIfKilled();
        while (deliveries.TryTake(out var delivery))
        {
            delivery(to);
        }
    }

    public void Stop()
    {
        stopped = true;
        foreach (var call in calls)
        {
            call.Stop();
        }
    }

    private void Drain(ConcurrentQueue<FarCall> pending, BlockingCollection<Delivery> deliveries)
    {
        while (!stopped && pending.TryDequeue(out var call))
        {
            try
            {
                call.Run(deliveries);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                deliveries.Add(to => to.WriteError(new ErrorRecord(failure, "RemotePipelineFailed", ErrorCategory.NotSpecified, null)));
            }
        }
    }
}

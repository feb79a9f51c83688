using System.Diagnostics;

namespace ServiceOffices.Telemetry;

/// <summary>
/// Starts the spans of the source <see cref="SourceName"/>: a refresh with its steps, a request, a query with its steps. They contain
/// durations and counts, nothing about the client or the content of a request. Without a listener a span is null and costs nothing.
/// </summary>
public static class Tracing
{
    /// <summary>The name of the ActivitySource and of the Meter.</summary>
    public const string SourceName = "ServiceOffices";

    internal static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts a span that ends when it is disposed; null if there is no listener.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>Runs one step of an operation in a span of its own, which has the status Error if the step throws.</summary>
    public static T Run<T>(string name, Func<T> step)
    {
        using var span = Start(name);
        try
        {
            return step();
        }
        catch
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    /// <inheritdoc cref="Run"/>
    public static async Task<T> RunAsync<T>(string name, Func<Task<T>> step)
    {
        using var span = Start(name);
        try
        {
            return await step();
        }
        catch
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }

    /// <inheritdoc cref="Run"/>
    public static Task RunAsync(string name, Func<Task> step) => RunAsync(name, async () =>
    {
        await step();
        return true;
    });
}

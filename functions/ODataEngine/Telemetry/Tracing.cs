using System.Diagnostics;

namespace ODataEngine.Telemetry;

/// <summary>
/// The platform's spans, of the source <see cref="SourceName"/>: a refresh with its steps, a request, a query with its steps.
/// They say how long and how much, never who asked or for what. Where nobody listens, a span is null and costs nothing.
/// </summary>
public static class Tracing
{
    /// <summary>The name of the platform's ActivitySource and of its Meter.</summary>
    public const string SourceName = "ServiceOffices";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span that ends when it is disposed; null where nobody listens.</summary>
    public static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>Does one step of some work in a span of its own.</summary>
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

using System.Diagnostics;

namespace ServiceOffices.Benchmarks.Processes;

/// <summary>
/// Counts the requests that this process sends to a storage account, by billing category:
/// https://learn.microsoft.com/azure/storage/blobs/map-rest-apis-transaction-categories.
/// </summary>
internal sealed class StorageRequestListener : IDisposable
{
    private readonly Uri tables;
    private readonly ActivityListener listener;
    private StorageRequestCounts counts = new();

    /// <param name="tables">The table endpoint; all other requests go to blobs.</param>
    public StorageRequestListener(Uri tables)
    {
        this.tables = tables;
        // Otherwise the query, which distinguishes listing and leasing, is omitted. It contains no secrets: keys are sent in a header.
        AppContext.SetSwitch("System.Net.Http.DisableUriRedaction", true);
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Gets the counts since the last call, or since the start.</summary>
    public StorageRequestCounts Reset() => Interlocked.Exchange(ref counts, new StorageRequestCounts());

    public void Dispose() => listener.Dispose();

    private void Add(Activity request)
    {
        if (request.GetTagItem("url.full") is not string text || request.GetTagItem("http.request.method") is not string method)
        {
            return;
        }

        var url = new Uri(text);
        var now = counts;
        if (url.Port == tables.Port && url.Host == tables.Host)
        {
            Interlocked.Increment(ref now.Tables);
        }
        else if (url.Query.Contains("comp=list", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref now.Lists);
        }
        else if (method == "DELETE")
        {
            Interlocked.Increment(ref now.Deletes);
        }
        else if (method == "PUT" && !url.Query.Contains("comp=lease", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref now.Writes);
        }
        else
        {
            Interlocked.Increment(ref now.Reads);
        }
    }
}

/// <summary>The number of requests to a storage account by billing category.</summary>
internal sealed class StorageRequestCounts
{
    /// <summary>Table transactions of any kind.</summary>
    public int Tables;

    /// <summary>Writes of blobs and containers.</summary>
    public int Writes;

    /// <summary>List operations, which cost as much as a write.</summary>
    public int Lists;

    /// <summary>Reads of blobs or their properties, and leases, each of which costs as much as a read.</summary>
    public int Reads;

    /// <summary>Deletions of blobs, which are free.</summary>
    public int Deletes;
}

using System.Diagnostics;

namespace ServiceOffices.Benchmarks.Processes;

/// <summary>
/// Counts the requests that this process sends to a storage account, apart by what an account bills them as:
/// https://learn.microsoft.com/azure/storage/blobs/map-rest-apis-transaction-categories.
/// </summary>
internal sealed class StorageRequestListener : IDisposable
{
    private readonly Uri tables;
    private readonly ActivityListener listener;
    private StorageRequestCounts counts = new();

    /// <param name="tables">The table endpoint; every other request goes to blobs.</param>
    public StorageRequestListener(Uri tables)
    {
        this.tables = tables;
        // Else the query, which says whether blobs are listed or leased, is not told. Nothing secret is in it: keys travel in a field.
        AppContext.SetSwitch("System.Net.Http.DisableUriRedaction", true);
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>What was sent since the last call, or since the start.</summary>
    public StorageRequestCounts Take() => Interlocked.Exchange(ref counts, new StorageRequestCounts());

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
            Interlocked.Increment(ref now.Others);
        }
    }
}

/// <summary>Requests to a storage account by what it bills them as.</summary>
internal sealed class StorageRequestCounts
{
    /// <summary>Transactions of tables, whatever they do.</summary>
    public int Tables;

    /// <summary>Blobs and containers written.</summary>
    public int Writes;

    /// <summary>Blobs listed, which cost as much as a write.</summary>
    public int Lists;

    /// <summary>Blobs read or asked for, and leases: each costs as much as a read.</summary>
    public int Others;

    /// <summary>Blobs deleted, which is free.</summary>
    public int Deletes;
}

namespace ServiceOffices.Benchmarks;

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

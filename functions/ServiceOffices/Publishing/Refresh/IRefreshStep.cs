using ServiceOffices.Storage;

namespace ServiceOffices.Publishing.Refresh;

/// <summary>A step of every refresh that changes the register before it is read. Only the holder of the lease runs it, so that no partial change is published.</summary>
public interface IRefreshStep
{
    /// <summary>The name in traces, such as <c>finish imports</c>.</summary>
    string Name { get; }

    /// <exception cref="StorageUnavailableException">A store does not answer; the next refresh runs the step again.</exception>
    Task RunAsync(RefreshLease lease, CancellationToken cancellationToken);
}

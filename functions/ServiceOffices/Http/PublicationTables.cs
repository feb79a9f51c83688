using ServiceOffices.OData;
using ServiceOffices.Publishing;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>The published register as the OData engine's data.</summary>
public sealed class PublicationTables(CurrentPublication current) : ITableSource
{
    public async ValueTask<TableSet?> CurrentAsync(CancellationToken cancellationToken) =>
        (await current.GetAsync(cancellationToken))?.Tables;

    public async ValueTask<TableSet?> RevisionAsync(long revision, CancellationToken cancellationToken) =>
        (await current.RevisionAsync(revision, cancellationToken))?.Tables;
}

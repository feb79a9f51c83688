using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Storage;
using ServiceOffices.Tests.Storage;

namespace ServiceOffices.Tests.Publishing;

public sealed class SqlitePublisherCrashTests : PublisherCrashContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    protected override string[] StoreArguments => ["sqlite", folder.Database];

    protected override IRegisterStore OpenRegister() => new SqliteRegisterStore(folder.Database);

    protected override IPublicationStore OpenPublications(TimeProvider time) => new SqlitePublicationStore(folder.Database, time);

    protected override Task<FakeTimeProvider> OutliveLeaseAsync() =>
        Task.FromResult(new FakeTimeProvider(DateTimeOffset.UtcNow + SqlitePublicationStore.LeaseDuration));

    public void Dispose() => folder.Dispose();
}

using ServiceOffices.Register.Model;
using ServiceOffices.Storage;

namespace ServiceOffices.Testing;

/// <summary>Writes without an editor name, for tests that do not depend on it.</summary>
internal static class RegisterStoreExtensions
{
    private static readonly Signature Tester = new("tester", new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    /// <returns>The new ETag of the entry.</returns>
    public static async Task<string> WriteAsync(this IRegisterStore store, RegisterEntry entry, string? ifMatch, CancellationToken cancellationToken) =>
        (await store.WriteAsync(entry, ifMatch, Tester, cancellationToken)).ETag;

    public static Task RemoveAsync(this IRegisterStore store, string officeId, string ifMatch, CancellationToken cancellationToken) =>
        store.RemoveAsync(officeId, ifMatch, Tester, cancellationToken);

    public static Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(
        this IRegisterStore store, string? officeId, DateTimeOffset since, int most, CancellationToken cancellationToken) =>
        store.ReadAuditAsync(officeId, since, DateTimeOffset.MaxValue, most, cancellationToken);
}

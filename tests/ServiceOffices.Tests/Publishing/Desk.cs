using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServiceOffices.Data;
using ServiceOffices.Exports;
using ServiceOffices.Publishing;
using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Tests.Publishing;

/// <summary>Everything that it takes to edit a register and publish it, as one process would have it.</summary>
internal sealed class Desk(IRegisterStore register, IPublicationStore publications, FakeTimeProvider clock, ILogger<Publisher>? log = null) : IDisposable
{
    public IRegisterStore Register { get; } = register;

    public IPublicationStore Publications { get; } = publications;

    public FakeTimeProvider Clock { get; } = clock;

    public CurrentPublication Current { get; } =
        new(new PublicationReader(publications), clock, NullLogger<CurrentPublication>.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<RefreshOutcome> RefreshAsync(IReadOnlyList<ExportFormat>? formats = null, ReferenceData? reference = null)
    {
        using Publisher publisher = new(
            Register, Publications, Current, reference ?? StartingData.Reference, formats ?? ExportFormats.All, Clock, log ?? NullLogger<Publisher>.Instance);
        return await publisher.RefreshAsync(Cancel);
    }

    /// <summary>What a process that has just started reads.</summary>
    public async Task<LoadedPublication> ReadBackAsync() =>
        await new PublicationReader(Publications).LoadAsync(null, Cancel) ?? throw new InvalidOperationException("Nothing is published.");

    public async Task PutAsync(RegisterEntry entry)
    {
        var there = await Register.ReadAsync(entry.Office.Id, Cancel);
        await Register.WriteAsync(entry, there?.ETag, Cancel);
    }

    /// <summary>Every file of the store with its content and the time of its last write, and the pointer's ETag.</summary>
    public async Task<IReadOnlyList<string>> EverythingAsync()
    {
        List<string> everything = [(await Publications.ReadCurrentAsync(null, Cancel))?.ETag ?? "no pointer"];
        await foreach (var file in Publications.ListAsync("", Cancel))
        {
            var content = await Publications.ReadAsync(file.Path, Cancel);
            everything.Add($"{file.Path} {file.LastWritten:O} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content!))}");
        }

        return everything;
    }

    public void Dispose() => Current.Dispose();
}

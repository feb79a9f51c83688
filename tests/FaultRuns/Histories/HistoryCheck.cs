using System.Globalization;
using System.Security.Cryptography;
using ServiceOffices.Publishing.Manifests;

namespace ServiceOffices.FaultRuns.Histories;

/// <summary>Checks, without faults, what a history has left in the stores.</summary>
internal sealed class HistoryCheck(FaultyPlatform platform, Action<string> report, CancellationToken cancellationToken)
{
    /// <summary>Checks that the register has the expected offices, and that every write is in the audit log exactly once.</summary>
    public async Task CheckRegisterAsync(IReadOnlyDictionary<string, OfficeState> expected, IReadOnlyDictionary<string, int> writes)
    {
        var content = await platform.CleanRegister.ReadAllAsync(cancellationToken);
        Compare("register", expected, content.Entries.ToDictionary(stored => stored.Entry.Office.Id, stored => OfficeState.FromEntry(stored.Entry)!));
        var audit = await platform.CleanRegister.ReadAuditAsync(null, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, int.MaxValue, cancellationToken);
        foreach (var (id, count) in writes)
        {
            var versions = audit.Where(entry => entry.OfficeId == id).Select(entry => entry.ToVersion).Order();
            if (!versions.SequenceEqual(Enumerable.Range(1, count)))
            {
                report($"the audit log of {id} has the versions {string.Join(", ", versions)} after {count} writes");
            }
        }
    }

    /// <summary>Checks that the last publication has the expected offices, and that every revision, manifest and file is complete.</summary>
    /// <returns>The number of revisions.</returns>
    public async Task<int> CheckPublicationsAsync(IReadOnlyDictionary<string, OfficeState> expected)
    {
        PublicationReader reader = new(platform.CleanPublications);
        if (await reader.LoadAsync(null, cancellationToken) is not { } latest)
        {
            report("nothing is published");
            return 0;
        }

        var register = latest.Publication.Register;
        var events = register.Events.ToLookup(item => item.OfficeId);
        Compare("publication", expected, register.Offices.ToDictionary(
            office => office.Office.Id,
            office => OfficeState.FromEntry(new Register.Model.RegisterEntry(office.Office, [.. events[office.Office.Id]]))!));
        var records = register.Publications;
        CheckSequence("revisions", records.Select(record => (int)record.Revision));
        CheckSequence("changes", register.Changes.Select(change => (int)change.Sequence));
        if (records.Zip(records.Skip(1)).Any(pair => pair.First.At >= pair.Second.At))
        {
            report("the times of the publications do not rise");
        }

        foreach (var record in records)
        {
            var manifest = record.Revision == latest.Manifest.Revision
                ? latest.Manifest
                : await reader.LoadManifestAsync(latest, record.Revision, cancellationToken);
            await CheckFilesAsync(reader, manifest);
        }

        return records.Count;
    }

    private async Task CheckFilesAsync(PublicationReader reader, Manifest? manifest)
    {
        foreach (var file in manifest?.Files ?? [])
        {
            var content = await reader.ReadFileAsync(file, null, cancellationToken);
            if (content is null || Convert.ToHexStringLower(SHA256.HashData(content)) != file.Sha256)
            {
                report(string.Create(CultureInfo.InvariantCulture, $"the file {file.Path} of revision {manifest!.Revision} is missing or damaged"));
            }
        }
    }

    private void CheckSequence(string what, IEnumerable<int> numbers)
    {
        if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Count())))
        {
            report($"the {what} are {string.Join(", ", numbers)}");
        }
    }

    private void Compare(string what, IReadOnlyDictionary<string, OfficeState> expected, Dictionary<string, OfficeState> actual)
    {
        foreach (var id in expected.Keys.Union(actual.Keys))
        {
            var (wanted, found) = (OfficeState.Format(expected.GetValueOrDefault(id)), OfficeState.Format(actual.GetValueOrDefault(id)));
            if (wanted != found)
            {
                report($"the {what} has {id} as {found}; expected {wanted}");
            }
        }
    }
}

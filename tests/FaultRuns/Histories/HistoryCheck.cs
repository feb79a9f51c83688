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
        PublicationVerifier verifier = new(platform.CleanPublications);
        if (await verifier.LoadAsync() is not { } latest)
        {
            report("nothing is published");
            return 0;
        }

        var register = latest.Publication.Register;
        var events = register.Events.ToLookup(item => item.OfficeId);
        Compare("publication", expected, register.Offices.ToDictionary(
            office => office.Office.Id,
            office => OfficeState.FromEntry(new Register.Model.RegisterEntry(office.Office, [.. events[office.Office.Id]]))!));
        if (!register.Changes.Select(change => change.Sequence).SequenceEqual(Enumerable.Range(1, register.Changes.Count).Select(number => (long)number)))
        {
            report($"the changes are {string.Join(", ", register.Changes.Select(change => change.Sequence))}");
        }

        foreach (var problem in await verifier.FindProblemsAsync(latest))
        {
            report(problem);
        }

        return register.Publications.Count;
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

using System.Globalization;
using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

/// <summary>
/// Changes one office or one of its events. An accepted edit is in the register, with its line of the audit, when a method
/// returns, and its publication has been asked for.
/// </summary>
public sealed class RegisterEditor(IRegisterStore register, ImportStore imports, EntryRules rules, PromptRefresh refresh)
{
    // Another editor may come between reading and writing again and again, but not for ever.
    private const int MostTries = 30;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(200);

    /// <exception cref="UnreadableEntryException">A row of it cannot be read.</exception>
    public Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken) => register.ReadAsync(officeId, cancellationToken);

    /// <summary>Creates an office, or replaces everything of it but its events.</summary>
    internal Task<EditResult> PutOfficeAsync(string officeId, FormRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(officeId, condition, current => OfficeProposal(officeId, row, null, current?.Entry.Events ?? []), signature, cancellationToken);

    /// <summary>Changes the given columns of an office (RFC 7396).</summary>
    internal Task<EditResult> PatchOfficeAsync(string officeId, FormRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition, current => current is null ? Proposal.NotFound : OfficeProposal(officeId, row, current.Entry.Office, current.Entry.Events),
            signature, cancellationToken);

    private static Proposal OfficeProposal(string officeId, FormRow row, Office? current, IReadOnlyList<LifecycleEvent> events)
    {
        var (office, problems) = EntryForm.Office(officeId, row, current);
        return row.Given.TryGetValue("id", out var id) && id as string != officeId
            ? new Proposal(new RegisterEntry(office, events), [.. problems, new Problem("id", Convert.ToString(id, CultureInfo.InvariantCulture), $"'{officeId}', as in the address, or left out")])
            : new Proposal(new RegisterEntry(office, events), problems);
    }

    /// <summary>Creates an event of this number, or replaces it.</summary>
    internal Task<EditResult> PutEventAsync(
        string officeId, int number, FormRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId,
            // If-None-Match speaks of the event; its office must be there all the same.
            condition.MustBeNew ? VersionCondition.Any : condition,
            current => current is null ? Proposal.NotFound
                : condition.MustBeNew && current.Entry.Events.Any(happened => happened.Number == number) ? new Proposal(null, [], number)
                : EventProposal(current.Entry, number, row, null),
            signature, cancellationToken, isOfEvent: true);

    /// <summary>Changes the given columns of an event (RFC 7396).</summary>
    internal Task<EditResult> PatchEventAsync(
        string officeId, int number, FormRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition,
            current => Event(current, number) is { } happened ? EventProposal(current!.Entry, number, row, happened) : Proposal.NotFound,
            signature, cancellationToken, isOfEvent: true);

    /// <summary>Adds an event under the next number that the office never had.</summary>
    internal Task<EditResult> AddEventAsync(string officeId, FormRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition,
            current => current is null
                ? Proposal.NotFound
                : EventProposal(current.Entry, 1 + current.Entry.Events.Select(happened => happened.Number).Append(current.LastEvent).Max(), row, null),
            signature, cancellationToken, isOfEvent: true);

    private static Proposal EventProposal(RegisterEntry entry, int number, FormRow row, LifecycleEvent? current)
    {
        var (happened, problems) = EntryForm.Event(entry.Office.Id, number, row, current);
        List<Problem> all = [.. problems];
        Key("officeId", entry.Office.Id);
        Key("number", (double)number);
        return new Proposal(
            entry with { Events = [.. entry.Events.Where(other => other.Number != number).Append(happened).OrderBy(other => other.Number)] }, all, number);

        void Key(string column, object expected)
        {
            if (row.Given.TryGetValue(column, out var given) && !Equals(given, expected))
            {
                all.Add(new Problem(column, Convert.ToString(given, CultureInfo.InvariantCulture), $"{expected}, as in the address, or left out"));
            }
        }
    }

    /// <summary>Removes an event; its number is never given again.</summary>
    internal Task<EditResult> RemoveEventAsync(string officeId, int number, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition,
            current => Event(current, number) is null
                ? Proposal.NotFound
                : new Proposal(current!.Entry with { Events = [.. current.Entry.Events.Where(other => other.Number != number)] }, [], number),
            signature, cancellationToken, isOfEvent: true);

    private static LifecycleEvent? Event(StoredEntry? entry, int number) =>
        entry?.Entry.Events.FirstOrDefault(happened => happened.Number == number);

    /// <summary>Removes an office with its events; feeds and delta links tell of it.</summary>
    public async Task<EditResult> RemoveOfficeAsync(string officeId, VersionCondition condition, Signature signature, CancellationToken cancellationToken)
    {
        // An import that a crash cut off would take an office that it made, and that was removed since, for one still to be made.
        if (await imports.PendingAsync(cancellationToken) is not [])
        {
            return new EditResult(EditStatus.ImportUnderWay, null);
        }

        for (var attempt = 1; ; attempt++)
        {
            var current = await register.ReadAsync(officeId, cancellationToken);
            if (current is null)
            {
                return new EditResult(EditStatus.NotFound, null);
            }

            if (!condition.Holds(current))
            {
                return new EditResult(EditStatus.OtherVersion, current);
            }

            try
            {
                await register.RemoveAsync(officeId, current.ETag, signature, cancellationToken);
                refresh.Request();
                return new EditResult(EditStatus.Removed, null);
            }
            catch (ConflictException)
            {
                // Somebody else wrote in between: looked at again, and refused where the condition no longer holds.
                if (attempt == MostTries)
                {
                    return new EditResult(EditStatus.Crowded, current);
                }

                await PauseAsync(cancellationToken);
            }
        }
    }

    private async Task<EditResult> EditAsync(
        string officeId, VersionCondition condition, Func<StoredEntry?, Proposal> propose, Signature signature, CancellationToken cancellationToken,
        bool isOfEvent = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (current, isBroken) = await StandingAsync(officeId, condition, cancellationToken);
            if (!isBroken && !condition.Holds(current))
            {
                return new EditResult(current is null && isOfEvent ? EditStatus.NotFound : EditStatus.OtherVersion, current);
            }

            var proposal = propose(current);
            if (proposal.Problems.Count > 0 || proposal.Entry is null)
            {
                var refusal = proposal.Problems.Count > 0 ? EditStatus.Invalid : ReferenceEquals(proposal, Proposal.NotFound) ? EditStatus.NotFound : EditStatus.OtherVersion;
                return new EditResult(refusal, current, proposal.EventNumber) { Problems = AllProblems(proposal) };
            }

            if (RuleProblems(proposal) is { Count: > 0 } problems)
            {
                return new EditResult(EditStatus.Invalid, current, proposal.EventNumber) { Problems = problems };
            }

            if (current is not null && !AuditRow.Differences(current.Entry, proposal.Entry).Any())
            {
                return new EditResult(EditStatus.Unchanged, current, proposal.EventNumber);
            }

            try
            {
                await register.WriteAsync(
                    proposal.Entry, isBroken ? IRegisterStore.AnyVersion : current?.ETag, signature, cancellationToken);
                refresh.Request();
                return new EditResult(
                    current is null && !isBroken ? EditStatus.Created : EditStatus.Changed,
                    await register.ReadAsync(officeId, cancellationToken),
                    proposal.EventNumber);
            }
            catch (ConflictException)
            {
                // Somebody else wrote in between: looked at again, and refused where the condition no longer holds.
                if (attempt == MostTries)
                {
                    return new EditResult(EditStatus.Crowded, current);
                }

                await PauseAsync(cancellationToken);
            }
        }
    }

    // Of random length, so that two who met do not meet again.
    private static Task PauseAsync(CancellationToken cancellationToken) =>
        Task.Delay(LongestPause * Random.Shared.NextDouble(), cancellationToken);

    /// <summary>What stands there; an office that cannot be read whole may be written anew by who takes any version.</summary>
    private async Task<(StoredEntry? Entry, bool IsBroken)> StandingAsync(string officeId, VersionCondition condition, CancellationToken cancellationToken)
    {
        try
        {
            return (await register.ReadAsync(officeId, cancellationToken), false);
        }
        catch (UnreadableEntryException) when (condition == VersionCondition.Any)
        {
            return (null, true);
        }
    }

    /// <summary>The rules' problems beside those of the form, save of columns that could not be read at all.</summary>
    private List<Problem> AllProblems(Proposal proposal)
    {
        List<Problem> problems = [.. proposal.Problems];
        if (proposal.Entry is not null && problems.Count > 0)
        {
            var told = problems.Select(problem => problem.Field.Split('[')[0]).ToHashSet(StringComparer.Ordinal);
            problems.AddRange(RuleProblems(proposal).Where(problem => !told.Contains(problem.Field.Split('[')[0])));
        }

        return problems;
    }

    /// <summary>What breaks a rule; of the event that the edit is about, by its own columns.</summary>
    private List<Problem> RuleProblems(Proposal proposal)
    {
        var index = proposal.EventNumber is { } number ? proposal.Entry!.Events.ToList().FindIndex(happened => happened.Number == number) : -1;
        var own = string.Create(CultureInfo.InvariantCulture, $"events[{index}].");
        return
        [
            .. rules.Problems(proposal.Entry!).Select(problem => problem with
            {
                Field = problem.Field.StartsWith(own, StringComparison.Ordinal) ? problem.Field[own.Length..] : Form.Offices.ColumnOf(problem),
            }),
        ];
    }
}

using System.Globalization;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Storage;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Offices;

/// <summary>
/// Changes one office or one of its events. An accepted edit is in the register, with its line of the audit, when a method
/// returns, and its publication has been asked for.
/// </summary>
public sealed class RegisterEditor(IRegisterStore register, ImportStore imports, EditValidator rules, BackgroundPublisher publisher)
{
    // Another editor may come between reading and writing again and again, but not for ever.
    private const int MaxAttempts = 30;

    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(200);

    /// <exception cref="UnreadableEntryException">A row of it cannot be read.</exception>
    public Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken) => register.ReadAsync(officeId, cancellationToken);

    /// <summary>Creates an office, or replaces everything of it but its events.</summary>
    public Task<EditResult> PutOfficeAsync(string officeId, EditRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(officeId, condition, current => ProposeOffice(officeId, row, null, current?.Entry.Events ?? []), signature, cancellationToken);

    /// <summary>Changes the given columns of an office (RFC 7396).</summary>
    public Task<EditResult> PatchOfficeAsync(string officeId, EditRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition, current => current is null ? EditProposal.NotFound : ProposeOffice(officeId, row, current.Entry.Office, current.Entry.Events),
            signature, cancellationToken);

    private static EditProposal ProposeOffice(string officeId, EditRow row, Office? current, IReadOnlyList<LifecycleEvent> events)
    {
        var (office, problems) = EditRowMapper.ToOffice(officeId, row, current);
        return row.Values.TryGetValue("id", out var id) && id as string != officeId
            ? new EditProposal(new RegisterEntry(office, events), [.. problems, new ValidationProblem("id", Convert.ToString(id, CultureInfo.InvariantCulture), $"'{officeId}', as in the address, or left out")])
            : new EditProposal(new RegisterEntry(office, events), problems);
    }

    /// <summary>Creates an event of this number, or replaces it.</summary>
    public Task<EditResult> PutEventAsync(
        string officeId, int number, EditRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId,
            // If-None-Match speaks of the event; its office must be there all the same.
            condition.MustNotExist ? VersionCondition.Any : condition,
            current => current is null ? EditProposal.NotFound
                : condition.MustNotExist && current.Entry.Events.Any(lifecycleEvent => lifecycleEvent.Number == number) ? new EditProposal(null, [], number)
                : ProposeEvent(current.Entry, number, row, null),
            signature, cancellationToken, isEventEdit: true);

    /// <summary>Changes the given columns of an event (RFC 7396).</summary>
    public Task<EditResult> PatchEventAsync(
        string officeId, int number, EditRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition,
            current => FindEvent(current, number) is { } lifecycleEvent ? ProposeEvent(current!.Entry, number, row, lifecycleEvent) : EditProposal.NotFound,
            signature, cancellationToken, isEventEdit: true);

    /// <summary>Adds an event under the next number that the office never had.</summary>
    public Task<EditResult> AddEventAsync(string officeId, EditRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition,
            current => current is null
                ? EditProposal.NotFound
                : ProposeEvent(current.Entry, 1 + current.Entry.Events.Select(lifecycleEvent => lifecycleEvent.Number).Append(current.LastEventNumber).Max(), row, null),
            signature, cancellationToken, isEventEdit: true);

    private static EditProposal ProposeEvent(RegisterEntry entry, int number, EditRow row, LifecycleEvent? current)
    {
        var (lifecycleEvent, problems) = EditRowMapper.ToEvent(entry.Office.Id, number, row, current);
        List<ValidationProblem> allProblems = [.. problems];
        CheckKey("officeId", entry.Office.Id);
        CheckKey("number", (double)number);
        return new EditProposal(
            entry with { Events = [.. entry.Events.Where(other => other.Number != number).Append(lifecycleEvent).OrderBy(other => other.Number)] }, allProblems, number);

        void CheckKey(string column, object expected)
        {
            if (row.Values.TryGetValue(column, out var value) && !Equals(value, expected))
            {
                allProblems.Add(new ValidationProblem(column, Convert.ToString(value, CultureInfo.InvariantCulture), $"{expected}, as in the address, or left out"));
            }
        }
    }

    /// <summary>Removes an event; its number is never given again.</summary>
    public Task<EditResult> RemoveEventAsync(string officeId, int number, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition,
            current => FindEvent(current, number) is null
                ? EditProposal.NotFound
                : new EditProposal(current!.Entry with { Events = [.. current.Entry.Events.Where(other => other.Number != number)] }, [], number),
            signature, cancellationToken, isEventEdit: true);

    private static LifecycleEvent? FindEvent(StoredEntry? entry, int number) =>
        entry?.Entry.Events.FirstOrDefault(lifecycleEvent => lifecycleEvent.Number == number);

    /// <summary>Removes an office with its events; feeds and delta links tell of it.</summary>
    public async Task<EditResult> RemoveOfficeAsync(string officeId, VersionCondition condition, Signature signature, CancellationToken cancellationToken)
    {
        // An import that a crash cut off would take an office that it made, and that was removed since, for one still to be made.
        if (await imports.GetPendingIdsAsync(cancellationToken) is not [])
        {
            return new EditResult(EditStatus.ImportInProgress, null);
        }

        for (var attempt = 1; ; attempt++)
        {
            var current = await register.ReadAsync(officeId, cancellationToken);
            if (current is null)
            {
                return new EditResult(EditStatus.NotFound, null);
            }

            if (!condition.IsMetBy(current))
            {
                return new EditResult(EditStatus.VersionMismatch, current);
            }

            try
            {
                await register.RemoveAsync(officeId, current.ETag, signature, cancellationToken);
                publisher.RequestPublish();
                return new EditResult(EditStatus.Removed, null);
            }
            catch (ConflictException)
            {
                // Somebody else wrote in between: looked at again, and refused where the condition no longer holds.
                if (attempt == MaxAttempts)
                {
                    return new EditResult(EditStatus.TooManyConflicts, current);
                }

                await DelayRetryAsync(cancellationToken);
            }
        }
    }

    private async Task<EditResult> EditAsync(
        string officeId, VersionCondition condition, Func<StoredEntry?, EditProposal> propose, Signature signature, CancellationToken cancellationToken,
        bool isEventEdit = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (current, isUnreadable) = await ReadCurrentAsync(officeId, condition, cancellationToken);
            if (!isUnreadable && !condition.IsMetBy(current))
            {
                return new EditResult(current is null && isEventEdit ? EditStatus.NotFound : EditStatus.VersionMismatch, current);
            }

            var proposal = propose(current);
            if (proposal.Problems.Count > 0 || proposal.Entry is null)
            {
                var status = proposal.Problems.Count > 0 ? EditStatus.Invalid : ReferenceEquals(proposal, EditProposal.NotFound) ? EditStatus.NotFound : EditStatus.VersionMismatch;
                return new EditResult(status, current, proposal.EventNumber) { Problems = GetAllProblems(proposal) };
            }

            if (GetRuleProblems(proposal) is { Count: > 0 } problems)
            {
                return new EditResult(EditStatus.Invalid, current, proposal.EventNumber) { Problems = problems };
            }

            if (current is not null && !AuditTrail.FindDifferences(current.Entry, proposal.Entry).Any())
            {
                return new EditResult(EditStatus.Unchanged, current, proposal.EventNumber);
            }

            try
            {
                await register.WriteAsync(
                    proposal.Entry, isUnreadable ? IRegisterStore.AnyVersion : current?.ETag, signature, cancellationToken);
                publisher.RequestPublish();
                return new EditResult(
                    current is null && !isUnreadable ? EditStatus.Created : EditStatus.Changed,
                    await register.ReadAsync(officeId, cancellationToken),
                    proposal.EventNumber);
            }
            catch (ConflictException)
            {
                // Somebody else wrote in between: looked at again, and refused where the condition no longer holds.
                if (attempt == MaxAttempts)
                {
                    return new EditResult(EditStatus.TooManyConflicts, current);
                }

                await DelayRetryAsync(cancellationToken);
            }
        }
    }

    // Of random length, so that two who met do not meet again.
    private static Task DelayRetryAsync(CancellationToken cancellationToken) =>
        Task.Delay(MaxRetryDelay * Random.Shared.NextDouble(), cancellationToken);

    /// <summary>What stands there; an office that cannot be read whole may be written anew by who takes any version.</summary>
    private async Task<(StoredEntry? Entry, bool IsBroken)> ReadCurrentAsync(string officeId, VersionCondition condition, CancellationToken cancellationToken)
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
    private List<ValidationProblem> GetAllProblems(EditProposal proposal)
    {
        List<ValidationProblem> problems = [.. proposal.Problems];
        if (proposal.Entry is not null && problems.Count > 0)
        {
            var reportedFields = problems.Select(problem => problem.Field.Split('[')[0]).ToHashSet(StringComparer.Ordinal);
            problems.AddRange(GetRuleProblems(proposal).Where(problem => !reportedFields.Contains(problem.Field.Split('[')[0])));
        }

        return problems;
    }

    /// <summary>What breaks a rule; of the event that the edit is about, by its own columns.</summary>
    private List<ValidationProblem> GetRuleProblems(EditProposal proposal)
    {
        var index = proposal.EventNumber is { } number ? proposal.Entry!.Events.ToList().FindIndex(lifecycleEvent => lifecycleEvent.Number == number) : -1;
        var eventPrefix = string.Create(CultureInfo.InvariantCulture, $"events[{index}].");
        return
        [
            .. rules.Validate(proposal.Entry!).Select(problem => problem with
            {
                Field = problem.Field.StartsWith(eventPrefix, StringComparison.Ordinal) ? problem.Field[eventPrefix.Length..] : EditForm.Offices.GetColumnName(problem),
            }),
        ];
    }
}

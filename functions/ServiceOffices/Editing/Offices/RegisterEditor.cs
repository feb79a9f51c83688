using System.Globalization;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Editing.Imports;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Storage;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Offices;

/// <summary>
/// Changes one office or one of its events. When a method returns, an accepted edit and its audit entry are in the
/// register, and a publication has been requested.
/// </summary>
public sealed class RegisterEditor(IRegisterStore register, ImportStore imports, EditValidator rules, BackgroundPublisher publisher, EditingOptions options)
{
    // Other editors may write between the reading and the writing of an attempt.
    private const int MaxAttempts = 30;

    private readonly RepeatedRequests repeatedRequests = new(register, options);

    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromMilliseconds(200);

    /// <exception cref="UnreadableEntryException">A row of the office cannot be read.</exception>
    public Task<StoredEntry?> ReadAsync(string officeId, CancellationToken cancellationToken) => register.ReadAsync(officeId, cancellationToken);

    /// <summary>Creates an office, or replaces all its columns and keeps its events.</summary>
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
            ? new EditProposal(new RegisterEntry(office, events), [.. problems, new ValidationProblem("id", Convert.ToString(id, CultureInfo.InvariantCulture), $"'{officeId}' as in the URL, or absent")])
            : new EditProposal(new RegisterEntry(office, events), problems);
    }

    /// <summary>Creates an event of this number, or replaces it.</summary>
    public Task<EditResult> PutEventAsync(
        string officeId, int number, EditRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId,
            // If-None-Match applies to the event; its office must exist.
            condition.MustNotExist ? VersionCondition.Any : condition,
            current => current is null ? EditProposal.NotFound
                : condition.MustNotExist && current.Entry.Events.Any(lifecycleEvent => lifecycleEvent.Number == number) ? EditProposal.EventExists(number)
                : ProposeEvent(current.Entry, number, row, null),
            signature, cancellationToken, isEventEdit: true);

    /// <summary>Changes the given columns of an event (RFC 7396).</summary>
    public Task<EditResult> PatchEventAsync(
        string officeId, int number, EditRow row, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition,
            current => FindEvent(current, number) is { } lifecycleEvent ? ProposeEvent(current!.Entry, number, row, lifecycleEvent) : EditProposal.NotFound,
            signature, cancellationToken, isEventEdit: true);

    /// <summary>
    /// Adds an event with the next number that the office has never used. A request that was executed before
    /// (<see cref="Signature.Request"/>) is not executed again.
    /// </summary>
    /// <param name="allowDuplicate">True to add the event even if the office has one with the same values.</param>
    public Task<EditResult> AddEventAsync(
        string officeId, EditRow row, VersionCondition condition, Signature signature, bool allowDuplicate, CancellationToken cancellationToken) =>
        RetryOnConflictAsync(
            async () => await repeatedRequests.FindResultAsync(officeId, signature, cancellationToken)
                ?? await TryEditAsync(
                    officeId, condition, current => current is null ? EditProposal.NotFound : ProposeNewEvent(current, row, allowDuplicate),
                    signature, isEventEdit: true, cancellationToken),
            cancellationToken);

    private static EditProposal ProposeNewEvent(StoredEntry current, EditRow row, bool allowDuplicate)
    {
        var events = current.Entry.Events;
        var number = 1 + events.Select(lifecycleEvent => lifecycleEvent.Number).Append(current.LastEventNumber).Max();
        var proposal = ProposeEvent(current.Entry, number, row, null);
        var added = proposal.Entry!.Events.First(lifecycleEvent => lifecycleEvent.Number == number);
        return !allowDuplicate && proposal.Problems.Count == 0 && events.FirstOrDefault(other => added with { Number = other.Number } == other) is { } duplicate
            ? EditProposal.DuplicateEvent(duplicate.Number)
            : proposal;
    }

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
                allProblems.Add(new ValidationProblem(column, Convert.ToString(value, CultureInfo.InvariantCulture), $"{expected} as in the URL, or absent"));
            }
        }
    }

    /// <summary>Removes an event; its number is never used again.</summary>
    public Task<EditResult> RemoveEventAsync(string officeId, int number, VersionCondition condition, Signature signature, CancellationToken cancellationToken) =>
        EditAsync(
            officeId, condition,
            current => FindEvent(current, number) is null
                ? EditProposal.NotFound
                : new EditProposal(current!.Entry with { Events = [.. current.Entry.Events.Where(other => other.Number != number)] }, [], number),
            signature, cancellationToken, isEventEdit: true);

    private static LifecycleEvent? FindEvent(StoredEntry? entry, int number) =>
        entry?.Entry.Events.FirstOrDefault(lifecycleEvent => lifecycleEvent.Number == number);

    /// <summary>Removes an office with its events; feeds and delta links report the removal.</summary>
    public async Task<EditResult> RemoveOfficeAsync(string officeId, VersionCondition condition, Signature signature, CancellationToken cancellationToken)
    {
        // An import that is resumed after a crash would create again an office that it had created and that was removed since.
        if (await imports.GetPendingIdsAsync(cancellationToken) is not [])
        {
            return new EditResult(EditStatus.ImportInProgress, null);
        }

        return await RetryOnConflictAsync(async () =>
        {
            if (await register.ReadAsync(officeId, cancellationToken) is not { } current)
            {
                return new EditResult(EditStatus.NotFound, null);
            }

            if (!condition.IsMetBy(current))
            {
                return new EditResult(EditStatus.VersionMismatch, current);
            }

            await register.RemoveAsync(officeId, current.ETag, signature, cancellationToken);
            publisher.RequestPublish();
            return new EditResult(EditStatus.Removed, null);
        }, cancellationToken);
    }

    private Task<EditResult> EditAsync(
        string officeId, VersionCondition condition, Func<StoredEntry?, EditProposal> propose, Signature signature, CancellationToken cancellationToken,
        bool isEventEdit = false) =>
        RetryOnConflictAsync(() => TryEditAsync(officeId, condition, propose, signature, isEventEdit, cancellationToken), cancellationToken);

    private async Task<EditResult> TryEditAsync(
        string officeId, VersionCondition condition, Func<StoredEntry?, EditProposal> propose, Signature signature, bool isEventEdit, CancellationToken cancellationToken)
    {
        var (current, isUnreadable) = await ReadCurrentAsync(officeId, condition, cancellationToken);
        if (!isUnreadable && !condition.IsMetBy(current))
        {
            return new EditResult(current is null && isEventEdit ? EditStatus.NotFound : EditStatus.VersionMismatch, current);
        }

        var proposal = propose(current);
        if (proposal.Entry is not { } entry)
        {
            return new EditResult(proposal.Refusal, current, proposal.EventNumber);
        }

        if (FindProblems(entry, proposal) is { Count: > 0 } problems)
        {
            return new EditResult(EditStatus.Invalid, current, proposal.EventNumber) { Problems = problems };
        }

        if (current is not null && !AuditTrail.FindDifferences(current.Entry, entry).Any())
        {
            return new EditResult(EditStatus.Unchanged, current, proposal.EventNumber);
        }

        var request = signature.Request is { } repeatable ? repeatable with { EventNumber = proposal.EventNumber } : null;
        var written = await register.WriteAsync(
            entry, isUnreadable ? IRegisterStore.AnyVersion : current?.ETag, signature with { Request = request }, cancellationToken);
        publisher.RequestPublish();
        return new EditResult(current is null && !isUnreadable ? EditStatus.Created : EditStatus.Changed, written, proposal.EventNumber);
    }

    // Another editor wrote in between: the office is read again, and the edit is refused if its condition is no longer met.
    private static async Task<EditResult> RetryOnConflictAsync(Func<Task<EditResult>> edit, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await edit();
            }
            catch (ConflictException) when (attempt < MaxAttempts)
            {
                // Of random length, so that two conflicting edits do not collide again.
                await Task.Delay(MaxRetryDelay * Random.Shared.NextDouble(), cancellationToken);
            }
            catch (ConflictException)
            {
                return new EditResult(EditStatus.TooManyConflicts, null);
            }
        }
    }

    /// <summary>Reads the current version. An unreadable office can be replaced by an edit that accepts any version.</summary>
    private async Task<(StoredEntry? Entry, bool IsUnreadable)> ReadCurrentAsync(string officeId, VersionCondition condition, CancellationToken cancellationToken)
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

    /// <summary>Gets the problems of the values, and those of the rules for columns whose values have none.</summary>
    private List<ValidationProblem> FindProblems(RegisterEntry entry, EditProposal proposal)
    {
        var ruleProblems = FindRuleProblems(entry, proposal.EventNumber);
        if (proposal.Problems.Count == 0)
        {
            return ruleProblems;
        }

        var reportedFields = proposal.Problems.Select(GetRootField).ToHashSet(StringComparer.Ordinal);
        return [.. proposal.Problems, .. ruleProblems.Where(problem => !reportedFields.Contains(GetRootField(problem)))];

        static string GetRootField(ValidationProblem problem) => problem.Field.Split('[')[0];
    }

    /// <summary>Gets the broken rules; those of the edited event have its column names without the event's index.</summary>
    private List<ValidationProblem> FindRuleProblems(RegisterEntry entry, int? eventNumber)
    {
        var index = eventNumber is { } number ? entry.Events.ToList().FindIndex(lifecycleEvent => lifecycleEvent.Number == number) : -1;
        var eventPrefix = string.Create(CultureInfo.InvariantCulture, $"events[{index}].");
        return
        [
            .. rules.Validate(entry).Select(problem => problem with
            {
                Field = problem.Field.StartsWith(eventPrefix, StringComparison.Ordinal) ? problem.Field[eventPrefix.Length..] : EditForm.Offices.GetColumnName(problem),
            }),
        ];
    }
}

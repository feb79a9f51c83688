using System.Globalization;
using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

/// <summary>Lays a document over the register: what each office would become, and everything that is wrong with it.</summary>
internal sealed class ImportPlanner(RegisterContent register, EntryRules rules, ImportMode mode, DateOnly today)
{
    // What does not happen to an office before it has opened; where an opening is not known, nothing is asked.
    private static readonly HashSet<string> OfOpenOffices =
        ["moved", "hoursChanged", "serviceAdded", "serviceRemoved", "temporarilyClosed", "closingAnnounced", "closed", "reopeningAnnounced", "reopened"];

    private readonly Dictionary<string, StoredEntry> standing =
        register.Entries.ToDictionary(stored => stored.Entry.Office.Id, StringComparer.Ordinal);

    private readonly HashSet<string> unreadable = register.Rejected.Select(row => row.OfficeId).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, (Office Office, IReadOnlyList<LifecycleEvent> Events)> wanted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> officeRows = new(StringComparer.Ordinal);
    private readonly Dictionary<(string OfficeId, int Number), int> eventRows = [];
    private readonly HashSet<string> broken = new(StringComparer.Ordinal);
    private readonly ImportFindings problems = new();
    private readonly ImportFindings questions = new();

    public ImportReport Plan(ImportDocument document)
    {
        problems.AddRange(document.Problems);
        Begin(document);
        foreach (var row in document.Offices?.Rows ?? [])
        {
            AddOffice(row);
        }

        foreach (var rows in (document.Events?.Rows ?? []).GroupBy(row => row.Text("officeId")))
        {
            AddEvents(rows.Key, [.. rows]);
        }

        CheckWhole();
        var changed = standing.Keys.Union(wanted.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(id => !broken.Contains(id))
            .Select(id => (Before: standing.GetValueOrDefault(id), After: Wanted(id)))
            .Where(pair => pair.Before is null || pair.After is null || AuditRow.Differences(pair.Before.Entry, pair.After).Any())
            .ToArray();
        Question(document);
        return new ImportReport(
            mode,
            new ImportCounts(
                changed.Count(pair => pair.Before is null),
                changed.Count(pair => pair is { Before: not null, After: not null }),
                changed.Count(pair => pair.After is null),
                standing.Count - changed.Count(pair => pair.Before is not null)),
            [.. changed.Select(pair => Differences.Between(pair.Before?.Entry, pair.After, today))],
            problems.Listed,
            questions.Listed)
        {
            ProblemCount = problems.Count,
            QuestionCount = questions.Count,
            Steps = [.. changed.Select(pair => new ImportStep((pair.Before?.Entry ?? pair.After)!.Office.Id, pair.Before?.ETag, pair.After))],
        };
    }

    private RegisterEntry? Wanted(string id) => wanted.TryGetValue(id, out var entry) ? new RegisterEntry(entry.Office, entry.Events) : null;

    /// <summary>What the register would hold if the document had no rows.</summary>
    private void Begin(ImportDocument document)
    {
        RequireColumns(Form.Offices, document.Offices);
        RequireColumns(Form.Events, document.Events);
        if (mode == ImportMode.Replace && unreadable.Count > 0)
        {
            problems.Add(new ImportProblem(
                null, null, null, string.Join(", ", unreadable.Order(StringComparer.Ordinal)),
                "merged, or imported once these offices can be read again: write each anew (PUT with If-Match: *) or remove it"));
        }

        if (document.Problems.Count > 0 || mode == ImportMode.Merge || document.Offices is null)
        {
            foreach (var (id, stored) in standing)
            {
                wanted[id] = (stored.Entry.Office, mode == ImportMode.Replace && document.Events is not null ? [] : stored.Entry.Events);
            }
        }
    }

    /// <summary>The key's columns always; every column where the document is to be all there is, so that none is emptied unseen.</summary>
    private void RequireColumns(Form form, ImportRows? rows)
    {
        if (rows is null || rows.Rows.Count == 0)
        {
            return;
        }

        foreach (var column in form.Columns.Where(column =>
            !column.IsComputed && (column.IsKey || mode == ImportMode.Replace) && !rows.Columns.Contains(column.Name)))
        {
            problems.Add(new ImportProblem(
                form.Set, null, column.Name, null, column.IsKey ? "a column of the document" : "a column of the document where it replaces the register"));
        }
    }

    private void AddOffice(FormRow row)
    {
        if (row.Text("id") is not { } id)
        {
            Report(Form.Offices, row, [.. row.Problems, .. row.Given.Count == 0 ? Array.Empty<Problem>() : [new Problem("id", Shown(row, "id"), "the office's id")]]);
            return;
        }

        if (!officeRows.TryAdd(id, row.Number))
        {
            Report(Form.Offices, row, [new Problem("id", id, $"given once in the document; row {officeRows[id]} has it too")]);
            broken.Add(id);
            return;
        }

        if (unreadable.Contains(id))
        {
            Report(Form.Offices, row, [new Problem("id", id, "that of an office whose rows can be read: write this one anew by PUT with If-Match: *, then import")]);
            broken.Add(id);
            return;
        }

        var current = standing.GetValueOrDefault(id)?.Entry;
        var (office, found) = EntryForm.Office(id, row, mode == ImportMode.Merge ? current?.Office : null);
        if (found.Count > 0)
        {
            var told = found.Select(problem => problem.Field.Split('[')[0]).ToHashSet(StringComparer.Ordinal);
            var others = rules.Problems(new RegisterEntry(office, []))
                .Select(problem => problem with { Field = Form.Offices.ColumnOf(problem) })
                .Where(problem => !told.Contains(problem.Field.Split('[')[0]));
            Report(Form.Offices, row, [.. found, .. others]);
            broken.Add(id);
        }

        wanted[id] = (office, wanted.TryGetValue(id, out var there) ? there.Events : current?.Events ?? []);
    }

    private void AddEvents(string? officeId, FormRow[] rows)
    {
        if (officeId is null || !wanted.TryGetValue(officeId, out var entry))
        {
            foreach (var row in rows)
            {
                Report(Form.Events, row, [.. row.Problems, .. row.Given.Count == 0
                    ? Array.Empty<Problem>()
                    : [new Problem("officeId", officeId ?? Shown(row, "officeId"), "the id of an office in the register or in this document")]]);
            }

            return;
        }

        var events = new SortedDictionary<int, LifecycleEvent>(entry.Events.ToDictionary(happened => happened.Number));
        var old = standing.GetValueOrDefault(officeId)?.Entry.Events.ToDictionary(happened => happened.Number) ?? [];
        foreach (var row in rows)
        {
            if (EntryForm.EventNumber(row) is not { } number)
            {
                Report(Form.Events, row, [.. row.Problems, new Problem("number", Shown(row, "number"), "a whole number from 1, given once within the office")]);
                broken.Add(officeId);
            }
            else if (!eventRows.TryAdd((officeId, number), row.Number))
            {
                Report(Form.Events, row, [new Problem("number", Shown(row, "number"), $"given once within the office; row {eventRows[(officeId, number)]} has it too")]);
                broken.Add(officeId);
            }
            else
            {
                var (happened, found) = EntryForm.Event(officeId, number, row, mode == ImportMode.Merge ? old.GetValueOrDefault(number) : null);
                events[number] = happened;
                if (found.Count > 0)
                {
                    var told = found.Select(problem => problem.Field).ToHashSet(StringComparer.Ordinal);
                    var others = LifecycleEventValidation.Problems(happened, officeId).Where(problem => !told.Contains(problem.Field));
                    Report(Form.Events, row, [.. found, .. others]);
                    broken.Add(officeId);
                }
            }
        }

        wanted[officeId] = (entry.Office, [.. events.Values]);
    }

    /// <summary>The rules for each office that the document touches, with all of its events.</summary>
    private void CheckWhole()
    {
        var touched = officeRows.Keys.Concat(eventRows.Keys.Select(key => key.OfficeId)).Distinct(StringComparer.Ordinal);
        foreach (var id in touched.Where(id => !broken.Contains(id)).ToArray())
        {
            var entry = Wanted(id)!;
            foreach (var problem in rules.Problems(entry))
            {
                broken.Add(id);
                Report(entry, problem);
            }
        }
    }

    /// <summary>A problem by the row that the value came from: an event's own, or its office's.</summary>
    private void Report(RegisterEntry entry, Problem problem)
    {
        var id = entry.Office.Id;
        var end = problem.Field.IndexOf("].", StringComparison.Ordinal);
        if (problem.Field.StartsWith("events[", StringComparison.Ordinal) && end > 0
            && int.TryParse(problem.Field.AsSpan(7, end - 7), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && eventRows.TryGetValue((id, entry.Events[index].Number), out var row))
        {
            problems.Add(new ImportProblem(Form.Events.Set, row, problem.Field[(end + 2)..], problem.Value, problem.Allowed));
            return;
        }

        problems.Add(new ImportProblem(
            Form.Offices.Set, officeRows.TryGetValue(id, out var officeRow) ? officeRow : null, Form.Offices.ColumnOf(problem), problem.Value,
            officeRows.ContainsKey(id) ? problem.Allowed : $"{problem.Allowed} (office '{id}')"));
    }

    private void Report(Form form, FormRow row, IEnumerable<Problem> found) => problems.AddRange(found.Select(problem =>
        new ImportProblem(form.Set, row.Number, problem.Field.Length == 0 ? null : form.ColumnOf(problem), problem.Value, problem.Allowed)));

    private static string? Shown(FormRow row, string column) => Convert.ToString(row.Given.GetValueOrDefault(column), CultureInfo.InvariantCulture);

    /// <summary>
    /// Computed columns are not taken from a document: where one says other than what will be, its editor may have meant to
    /// change it. And no office closes before it opens, though a source may say so.
    /// </summary>
    private void Question(ImportDocument document)
    {
        foreach (var row in document.Offices?.Rows ?? [])
        {
            if (row.Text("id") is { } id && !broken.Contains(id) && Wanted(id) is { } entry)
            {
                Ask("status", OfficeStatus.On(today, entry.Events), "follows from the events: change those");
                Ask("countyCode", entry.Office.MunicipalityCode?[..2], "follows from municipalityCode: change that");
            }

            void Ask(string column, string? becomes, string why)
            {
                if (row.Given.TryGetValue(column, out var given) && given is string text && text != becomes)
                {
                    questions.Add(new ImportProblem(Form.Offices.Set, row.Number, column, text, $"{becomes ?? "empty"}, which is what it will be; it {why}"));
                }
            }
        }

        foreach (var ((id, number), row) in eventRows.Where(pair => !broken.Contains(pair.Key.OfficeId)).OrderBy(pair => pair.Value))
        {
            var events = Wanted(id)!.Events;
            var happened = events.First(candidate => candidate.Number == number);
            if (OfOpenOffices.Contains(happened.Kind) && events.Where(other => other.Kind == "opened").Min(other => (DateOnly?)other.On) is { } opened && happened.On < opened)
            {
                questions.Add(new ImportProblem(Form.Events.Set, row, "on", RowText.Of(happened.On), $"from {RowText.Of(opened)} on, when the office opened"));
            }
        }
    }
}

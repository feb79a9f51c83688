using System.Globalization;
using ServiceOffices.Editing.Forms;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;
using ServiceOffices.Storage;
using ServiceOffices.Storage.Rows;

namespace ServiceOffices.Editing.Imports;

/// <summary>Applies a document to the register in memory: computes the new version of each office and collects all problems.</summary>
internal sealed class ImportPlanner(RegisterContent register, EditValidator rules, ImportMode mode, DateOnly today)
{
    // Kinds of events that cannot precede the opening of an office. If the opening is not known, no question is asked.
    private static readonly HashSet<string> KindsAfterOpening =
        [EventKind.Moved, EventKind.HoursChanged, EventKind.ServiceAdded, EventKind.ServiceRemoved, EventKind.TemporarilyClosed, EventKind.ClosingAnnounced, EventKind.Closed, EventKind.ReopeningAnnounced, EventKind.Reopened];

    private readonly Dictionary<string, StoredEntry> existing =
        register.Entries.ToDictionary(stored => stored.Entry.Office.Id, StringComparer.Ordinal);

    private readonly HashSet<string> unreadableOffices = register.Rejected.Select(row => row.OfficeId).ToHashSet(StringComparer.Ordinal);
    private readonly Dictionary<string, (Office Office, IReadOnlyList<LifecycleEvent> Events)> planned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> officeRows = new(StringComparer.Ordinal);
    private readonly Dictionary<(string OfficeId, int Number), int> eventRows = [];
    private readonly HashSet<string> invalidOffices = new(StringComparer.Ordinal);
    private readonly ImportProblemList problems = new();
    private readonly ImportProblemList questions = new();

    public ImportReport Plan(ImportDocument document)
    {
        problems.AddRange(document.Problems);
        Initialize(document);
        foreach (var row in document.Offices?.Rows ?? [])
        {
            AddOffice(row);
        }

        foreach (var rows in (document.Events?.Rows ?? []).GroupBy(row => row.GetString("officeId")))
        {
            AddEvents(rows.Key, [.. rows]);
        }

        ValidateEntries();
        var changed = existing.Keys.Union(planned.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(id => !invalidOffices.Contains(id))
            .Select(id => (Before: existing.GetValueOrDefault(id), After: GetPlannedEntry(id)))
            .Where(pair => pair.Before is null || pair.After is null || AuditTrail.FindDifferences(pair.Before.Entry, pair.After).Any())
            .ToArray();
        AddQuestions(document);
        var baseline = existing.ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ETag, StringComparer.Ordinal);
        foreach (var (before, after) in changed)
        {
            baseline[(before?.Entry ?? after)!.Office.Id] = null;
        }

        return new ImportReport(
            mode,
            new ImportCounts(
                changed.Count(pair => pair.Before is null),
                changed.Count(pair => pair is { Before: not null, After: not null }),
                changed.Count(pair => pair.After is null),
                existing.Count - changed.Count(pair => pair.Before is not null)),
            [.. changed.Select(pair => OfficeDiff.Compute(pair.Before?.Entry, pair.After, GetStatus))],
            problems.Listed,
            questions.Listed)
        {
            ProblemCount = problems.Count,
            ProblemGroups = problems.Groups,
            QuestionCount = questions.Count,
            Steps = [.. changed.Select(pair => new ImportStep((pair.Before?.Entry ?? pair.After)!.Office.Id, pair.Before?.ETag, pair.After))],
            Baseline = baseline,
        };
    }

    private RegisterEntry? GetPlannedEntry(string id) => planned.TryGetValue(id, out var entry) ? new RegisterEntry(entry.Office, entry.Events) : null;

    /// <summary>Starts the plan with the offices and events that would remain if the document had no rows.</summary>
    private void Initialize(ImportDocument document)
    {
        RequireColumns(EditForm.Offices, document.Offices);
        RequireColumns(EditForm.Events, document.Events);
        if (mode == ImportMode.Replace && unreadableOffices.Count > 0)
        {
            problems.Add(new ImportProblem(
                null, null, null, string.Join(", ", unreadableOffices.Order(StringComparer.Ordinal)),
                "imported with mode=merge, or after these unreadable offices are replaced (PUT with If-Match: *) or removed"));
        }

        if (document.Problems.Count > 0 || mode == ImportMode.Merge || document.Offices is null)
        {
            foreach (var (id, stored) in existing)
            {
                planned[id] = (stored.Entry.Office, mode == ImportMode.Replace && document.Events is not null ? [] : stored.Entry.Events);
            }
        }
    }

    /// <summary>Requires the key columns and, if the document replaces the register, all columns, so that no column is emptied unnoticed.</summary>
    private void RequireColumns(EditForm form, ImportRows? rows)
    {
        if (rows is null || rows.Rows.Count == 0)
        {
            return;
        }

        foreach (var column in form.Columns.Where(column =>
            !column.IsComputed && (column.IsKey || mode == ImportMode.Replace) && !rows.Columns.Contains(column.Name)))
        {
            problems.Add(new ImportProblem(
                form.EntitySetName, null, column.Name, null, column.IsKey ? "a column of the document" : "a column of the document with mode=replace"));
        }
    }

    private void AddOffice(EditRow row)
    {
        if (row.GetString("id") is not { } id)
        {
            AddProblems(EditForm.Offices, row, [.. row.Problems, .. row.Values.Count == 0 ? Array.Empty<ValidationProblem>() : [new ValidationProblem("id", FormatValue(row, "id"), "the office's id")]]);
            return;
        }

        if (!officeRows.TryAdd(id, row.Number))
        {
            AddProblems(EditForm.Offices, row, [new ValidationProblem("id", id, $"unique in the document; row {officeRows[id]} has the same id")]);
            invalidOffices.Add(id);
            return;
        }

        if (unreadableOffices.Contains(id))
        {
            AddProblems(EditForm.Offices, row, [new ValidationProblem("id", id, "the id of a readable office; replace this office by PUT with If-Match: * before the import")]);
            invalidOffices.Add(id);
            return;
        }

        var current = existing.GetValueOrDefault(id)?.Entry;
        var (office, rowProblems) = EditRowMapper.ToOffice(id, row, mode == ImportMode.Merge ? current?.Office : null);
        if (rowProblems.Count > 0)
        {
            var reportedFields = rowProblems.Select(problem => problem.Field.Split('[')[0]).ToHashSet(StringComparer.Ordinal);
            var others = rules.Validate(new RegisterEntry(office, []))
                .Select(problem => problem with { Field = EditForm.Offices.GetColumnName(problem) })
                .Where(problem => !reportedFields.Contains(problem.Field.Split('[')[0]));
            AddProblems(EditForm.Offices, row, [.. rowProblems, .. others]);
            invalidOffices.Add(id);
        }

        planned[id] = (office, planned.TryGetValue(id, out var plannedEntry) ? plannedEntry.Events : current?.Events ?? []);
    }

    private void AddEvents(string? officeId, EditRow[] rows)
    {
        if (officeId is null || !planned.TryGetValue(officeId, out var entry))
        {
            foreach (var row in rows)
            {
                AddProblems(EditForm.Events, row, [.. row.Problems, .. row.Values.Count == 0
                    ? Array.Empty<ValidationProblem>()
                    : [new ValidationProblem("officeId", officeId ?? FormatValue(row, "officeId"), "the id of an office in the register or in this document")]]);
            }

            return;
        }

        var events = new SortedDictionary<int, LifecycleEvent>(entry.Events.ToDictionary(lifecycleEvent => lifecycleEvent.Number));
        var existingEvents = existing.GetValueOrDefault(officeId)?.Entry.Events.ToDictionary(lifecycleEvent => lifecycleEvent.Number) ?? [];
        foreach (var row in rows)
        {
            if (EditRowMapper.GetEventNumber(row) is not { } number)
            {
                AddProblems(EditForm.Events, row, [.. row.Problems, new ValidationProblem("number", FormatValue(row, "number"), "a whole number from 1, unique within the office")]);
                invalidOffices.Add(officeId);
            }
            else if (!eventRows.TryAdd((officeId, number), row.Number))
            {
                AddProblems(EditForm.Events, row, [new ValidationProblem("number", FormatValue(row, "number"), $"unique within the office; row {eventRows[(officeId, number)]} has the same number")]);
                invalidOffices.Add(officeId);
            }
            else
            {
                var (lifecycleEvent, rowProblems) = EditRowMapper.ToEvent(officeId, number, row, mode == ImportMode.Merge ? existingEvents.GetValueOrDefault(number) : null);
                events[number] = lifecycleEvent;
                if (rowProblems.Count > 0)
                {
                    var reportedFields = rowProblems.Select(problem => problem.Field).ToHashSet(StringComparer.Ordinal);
                    var others = LifecycleEventValidator.Validate(lifecycleEvent, officeId).Where(problem => !reportedFields.Contains(problem.Field));
                    AddProblems(EditForm.Events, row, [.. rowProblems, .. others]);
                    invalidOffices.Add(officeId);
                }
            }
        }

        planned[officeId] = (entry.Office, [.. events.Values]);
    }

    /// <summary>Validates each office that the document changes, with all of its events.</summary>
    private void ValidateEntries()
    {
        var touched = officeRows.Keys.Concat(eventRows.Keys.Select(key => key.OfficeId)).Distinct(StringComparer.Ordinal);
        foreach (var id in touched.Where(id => !invalidOffices.Contains(id)).ToArray())
        {
            var entry = GetPlannedEntry(id)!;
            foreach (var problem in rules.Validate(entry))
            {
                invalidOffices.Add(id);
                AddProblems(entry, problem);
            }
        }
    }

    /// <summary>Reports a problem at the row from which the value came: that of an event, or that of its office.</summary>
    private void AddProblems(RegisterEntry entry, ValidationProblem problem)
    {
        var id = entry.Office.Id;
        var end = problem.Field.IndexOf("].", StringComparison.Ordinal);
        if (problem.Field.StartsWith("events[", StringComparison.Ordinal) && end > 0
            && int.TryParse(problem.Field.AsSpan(7, end - 7), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && eventRows.TryGetValue((id, entry.Events[index].Number), out var row))
        {
            problems.Add(new ImportProblem(EditForm.Events.EntitySetName, row, problem.Field[(end + 2)..], problem.Value, problem.Allowed));
            return;
        }

        problems.Add(new ImportProblem(
            EditForm.Offices.EntitySetName, officeRows.TryGetValue(id, out var officeRow) ? officeRow : null, EditForm.Offices.GetColumnName(problem), problem.Value,
            officeRows.ContainsKey(id) ? problem.Allowed : $"{problem.Allowed} (office '{id}')"));
    }

    private void AddProblems(EditForm form, EditRow row, IEnumerable<ValidationProblem> rowProblems) => problems.AddRange(rowProblems.Select(problem =>
        new ImportProblem(form.EntitySetName, row.Number, problem.Field.Length == 0 ? null : form.GetColumnName(problem), problem.Value, problem.Allowed)));

    private string? GetStatus(RegisterEntry entry) => OfficeStatus.ComputeOn(today, entry.Events, rules.PlanExpiryMonths);

    private static string? FormatValue(EditRow row, string column) => Convert.ToString(row.Values.GetValueOrDefault(column), CultureInfo.InvariantCulture);

    /// <summary>Asks about cells with a blank before a quote: according to RFC 4180, 2.4, blank and quotes are part of the value.</summary>
    private void AddQuotedCellQuestions(EditForm form, ImportRows? rows)
    {
        foreach (var row in rows?.Rows ?? [])
        {
            foreach (var (column, value) in row.Values)
            {
                if (value is string text && text is [' ' or '\t', ..] && text.AsSpan().Trim() is ['"', .., '"'])
                {
                    questions.Add(new ImportProblem(form.EntitySetName, row.Number, column, text, "a value without a blank before the quote; otherwise the blank and the quotes are part of the value"));
                }
            }
        }
    }

    /// <summary>
    /// Computed columns of a document are ignored; if one differs from its computed value, the editor may have meant to change
    /// it. Events that precede the opening of their office are probably wrong, but a source may contain them.
    /// </summary>
    private void AddQuestions(ImportDocument document)
    {
        AddQuotedCellQuestions(EditForm.Offices, document.Offices);
        AddQuotedCellQuestions(EditForm.Events, document.Events);
        foreach (var row in document.Offices?.Rows ?? [])
        {
            if (row.GetString("id") is { } id && !invalidOffices.Contains(id) && GetPlannedEntry(id) is { } entry)
            {
                AddQuestion("status", GetStatus(entry), "the events");
                AddQuestion("countyCode", entry.Office.MunicipalityCode?[..2], "municipalityCode");
            }

            void AddQuestion(string column, string? computedValue, string source)
            {
                if (row.Values.TryGetValue(column, out var value) && value is string text && text != computedValue)
                {
                    questions.Add(new ImportProblem(EditForm.Offices.EntitySetName, row.Number, column, text, $"{computedValue ?? "empty"}, which is computed from {source}; change {source} instead"));
                }
            }
        }

        foreach (var ((id, number), row) in eventRows.Where(pair => !invalidOffices.Contains(pair.Key.OfficeId)).OrderBy(pair => pair.Value))
        {
            var events = GetPlannedEntry(id)!.Events;
            var lifecycleEvent = events.First(candidate => candidate.Number == number);
            if (KindsAfterOpening.Contains(lifecycleEvent.Kind) && events.Where(other => other.Kind == EventKind.Opened).Min(other => (DateOnly?)other.On) is { } opened && lifecycleEvent.On < opened)
            {
                questions.Add(new ImportProblem(EditForm.Events.EntitySetName, row, "on", StoredValueFormat.Format(lifecycleEvent.On), $"on or after {StoredValueFormat.Format(opened)}, when the office opened"));
            }
        }
    }
}

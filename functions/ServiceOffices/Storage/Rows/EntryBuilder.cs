using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;
using ServiceOffices.Schema;

namespace ServiceOffices.Storage.Rows;

/// <summary>Builds an office with its events from their rows, and collects the rows that cannot be read.</summary>
internal sealed class EntryBuilder(string officeId)
{
    private readonly List<LifecycleEvent> events = [];
    private readonly List<RejectedRow> rejected = [];
    private Office? office;
    private string etag = "";
    private EntryCounters counters;
    private bool hasOfficeRow;

    public void AddOffice(StoredRowReader row, string rowETag, EntryCounters rowCounters)
    {
        hasOfficeRow = true;
        etag = rowETag;
        counters = rowCounters;
        var newOffice = OfficeSchema.Read(officeId, row);
        if (row.Problems.Count == 0)
        {
            office = newOffice;
        }
        else
        {
            rejected.Add(new RejectedRow(officeId, null, row.Problems));
        }
    }

    public void AddEvent(int number, StoredRowReader row)
    {
        var lifecycleEvent = EventSchema.Read(officeId, number, row);
        if (row.Problems.Count == 0)
        {
            events.Add(lifecycleEvent);
        }
        else
        {
            rejected.Add(new RejectedRow(officeId, number, row.Problems));
        }
    }

    /// <summary>Adds a row whose key is neither that of an office nor that of an event.</summary>
    public void AddUnrecognizedRow(ValidationProblem problem) => rejected.Add(new RejectedRow(officeId, 0, [problem]));

    /// <summary>Adds the entry, if its office can be read, and the rejected rows to lists.</summary>
    public void AddTo(List<StoredEntry> entries, List<RejectedRow> allRejected)
    {
        if (!hasOfficeRow)
        {
            rejected.AddRange(events.Select(orphan => new RejectedRow(
                officeId, orphan.Number, [new ValidationProblem("officeId", officeId, "the id of an office in the register")])));
        }

        rejected.Sort((left, right) => Nullable.Compare(left.EventNumber, right.EventNumber));
        allRejected.AddRange(rejected);
        if (office is not null)
        {
            events.Sort((left, right) => left.Number.CompareTo(right.Number));
            entries.Add(new StoredEntry(new RegisterEntry(office, events), etag, counters.Version, counters.LastEventNumber));
        }
    }

    /// <summary>Builds the entry; null if the store has no row of the office.</summary>
    /// <exception cref="UnreadableEntryException">A row cannot be read: writing back the others would lose it.</exception>
    public StoredEntry? BuildOrThrow()
    {
        List<StoredEntry> entries = [];
        List<RejectedRow> invalidRows = [];
        AddTo(entries, invalidRows);
        return hasOfficeRow && invalidRows.Count > 0 ? throw new UnreadableEntryException(officeId, invalidRows) : entries.FirstOrDefault();
    }
}

/// <summary>The counters of an office's id; they outlive the removal of the office.</summary>
/// <param name="Version">The number of writes; 0 for none.</param>
/// <param name="LastEventNumber">The highest number that an event of the office ever had: numbers are never reused.</param>
internal readonly record struct EntryCounters(int Version, int LastEventNumber)
{
    public EntryCounters Increment(IEnumerable<int> eventNumbers) => new(Version + 1, eventNumbers.Append(LastEventNumber).Max());
}

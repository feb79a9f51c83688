using ServiceOffices.Storage;

namespace ServiceOffices.Publishing;

/// <summary>
/// A row that a publication leaves out, or keeps at its last good value, as the public manifest names it. What stands
/// wrongly in the row is not told: it may be anything, and only the log and the editors see it.
/// </summary>
/// <param name="EventNumber">Null where the row is the office itself.</param>
/// <param name="Fields">The fields that do not validate.</param>
public sealed record UnpublishedRow(string OfficeId, int? EventNumber, IReadOnlyList<string> Fields)
{
    public static UnpublishedRow FromRejected(RejectedRow row) => new(row.OfficeId, row.EventNumber, [.. row.Problems.Select(problem => problem.Field)]);

    public bool HasSameContent(UnpublishedRow other) =>
        OfficeId == other.OfficeId && EventNumber == other.EventNumber && Fields.SequenceEqual(other.Fields);
}

using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>A lifecycle event as one row of typed columns, the same in every store. Its key is the office's id with its number.</summary>
internal static class EventRow
{
    public static readonly IReadOnlyList<StoredColumn<LifecycleEvent>> Columns =
    [
        new("kind", StoredColumnType.String, lifecycleEvent => lifecycleEvent.Kind),
        new("on", StoredColumnType.String, lifecycleEvent => StoredValueFormat.Format(lifecycleEvent.On)),
        new("precision", StoredColumnType.String, lifecycleEvent => lifecycleEvent.Precision),
        new("source", StoredColumnType.String, lifecycleEvent => lifecycleEvent.Source),
        new("note", StoredColumnType.String, lifecycleEvent => lifecycleEvent.Note),
    ];

    /// <summary>The event of a row; meaningless where the reader found problems.</summary>
    public static LifecycleEvent Read(string officeId, int number, StoredRowReader row) => new()
    {
        OfficeId = officeId,
        Number = number,
        Kind = row.GetRequiredString("kind"),
        On = row.GetRequiredDate("on"),
        Precision = row.GetRequiredString("precision"),
        Source = row.GetString("source"),
        Note = row.GetString("note"),
    };
}

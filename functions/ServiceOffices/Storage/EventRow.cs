using ServiceOffices.Register;

namespace ServiceOffices.Storage;

/// <summary>A lifecycle event as one row of typed columns, the same in every store. Its key is the office's id with its number.</summary>
internal static class EventRow
{
    public static readonly IReadOnlyList<RowColumn<LifecycleEvent>> Columns =
    [
        new("kind", RowColumnKind.Text, happened => happened.Kind),
        new("on", RowColumnKind.Text, happened => RowText.Of(happened.On)),
        new("precision", RowColumnKind.Text, happened => happened.Precision),
        new("source", RowColumnKind.Text, happened => happened.Source),
        new("note", RowColumnKind.Text, happened => happened.Note),
    ];

    /// <summary>The event of a row; meaningless where the reader found problems.</summary>
    public static LifecycleEvent Read(string officeId, int number, RowReader row) => new()
    {
        OfficeId = officeId,
        Number = number,
        Kind = row.RequiredText("kind"),
        On = row.RequiredDate("on"),
        Precision = row.RequiredText("precision"),
        Source = row.Text("source"),
        Note = row.Text("note"),
    };
}

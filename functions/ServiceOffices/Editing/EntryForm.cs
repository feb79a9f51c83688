using System.Globalization;
using ServiceOffices.Register;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing;

/// <summary>Offices and events from what an editor said of them, laid over what stands there: a column that was not given keeps its value.</summary>
internal static class EntryForm
{
    private static readonly Dictionary<string, RowColumn<Office>> OfficeColumns =
        OfficeRow.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, RowColumn<LifecycleEvent>> EventColumns =
        EventRow.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);

    /// <param name="current">Null where there is none, or it is to be replaced whole.</param>
    /// <returns>The office, meaningless where there are problems.</returns>
    public static (Office Office, IReadOnlyList<Problem> Problems) Office(string id, FormRow row, Office? current)
    {
        var reader = Reader(Form.Offices, row, current, OfficeColumns);
        var office = OfficeRow.Read(id, reader);
        return (office, Named(Form.Offices, row, reader));
    }

    /// <inheritdoc cref="Office"/>
    public static (LifecycleEvent Event, IReadOnlyList<Problem> Problems) Event(string officeId, int number, FormRow row, LifecycleEvent? current)
    {
        var reader = Reader(Form.Events, row, current, EventColumns);
        var happened = EventRow.Read(officeId, number, reader);
        return (happened, Named(Form.Events, row, reader));
    }

    /// <summary>The whole number that a row gives as its event's; null where it gives none that is one.</summary>
    public static int? EventNumber(FormRow row) =>
        row.Given.GetValueOrDefault("number") is double number && number >= 1 && number <= int.MaxValue && double.IsInteger(number) ? (int)number : null;

    private static RowReader Reader<T>(Form form, FormRow row, T? current, Dictionary<string, RowColumn<T>> columns)
        where T : class =>
        new(
            stored => row.Given.TryGetValue(form.OfStored(stored).Name, out var given) ? given : current is null ? null : columns[stored].Value(current),
            RowText.KnownMembers);

    private static Problem[] Named(Form form, FormRow row, RowReader reader) =>
        [.. row.Problems, .. reader.Problems.Select(problem => problem with { Field = form.ColumnOf(problem) })];

    /// <summary>A cell's text as its column's type asks, or as it is where it does not fit.</summary>
    public static object? Value(FormColumn column, string text, char decimalSeparator)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (column.IsList)
        {
            return text;
        }

        return column.Kind switch
        {
            RowColumnKind.Number when double.TryParse(
                decimalSeparator == '.' ? text : text.Replace(decimalSeparator, '.'),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out var number) => number,
            // Spreadsheets write TRUE.
            RowColumnKind.Flag when bool.TryParse(text, out var flag) => flag,
            _ => text,
        };
    }
}

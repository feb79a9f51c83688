using System.Globalization;
using System.Text;
using ServiceOffices.Register;

namespace ServiceOffices.Editing;

/// <summary>One thing wrong with a document, or to be asked about it.</summary>
/// <param name="Set"><c>offices</c> or <c>events</c>; null where it is about the document.</param>
/// <param name="Row">As a spreadsheet counts, the header being row 1; in JSON the place in the array, from 1; null where it is about no single row.</param>
/// <param name="Column">The column's name; null where it is about the whole row.</param>
/// <param name="Value">What stands there; null where nothing does.</param>
/// <param name="Allowed">What is allowed there, in plain English.</param>
public sealed record ImportProblem(string? Set, int? Row, string? Column, string? Value, string Allowed)
{
    public string? Column { get; init; } = ValidationProblem.Truncate(Column);

    public string? Value { get; init; } = ValidationProblem.Truncate(Value);

    /// <summary>All of it as a sentence: <c>offices, row 7: latitude must be …; got '590'.</c></summary>
    public string Message
    {
        get
        {
            var text = new StringBuilder(Set ?? "The document");
            if (Row is { } row)
            {
                text.Append(CultureInfo.InvariantCulture, $", row {row}");
            }

            return Column is null
                ? text.Append(CultureInfo.InvariantCulture, $": must be {Allowed}{(Value is null ? "" : $"; got '{Value}'")}.").ToString()
                : text.Append(": ").Append(new ValidationProblem(Column, Value, Allowed)).ToString();
        }
    }
}

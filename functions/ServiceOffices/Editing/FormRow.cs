using ServiceOffices.Register;

namespace ServiceOffices.Editing;

/// <summary>What an editor said in one row or one JSON object: only the columns that were given.</summary>
/// <param name="Number">The row as a spreadsheet counts it, its header being 1; of JSON the place in the array, from 1; 0 where there is one alone.</param>
/// <param name="Values">A text, number, flag or null by column name; a list is its JSON text. A value of another type stands as it came and is a problem later.</param>
/// <param name="Problems">What is wrong with it as it stands, before its values are looked at.</param>
internal sealed record EditRow(int Number, IReadOnlyDictionary<string, object?> Values, IReadOnlyList<ValidationProblem> Problems)
{
    public string? GetString(string column) => Values.GetValueOrDefault(column) as string;
}

using System.Collections.Immutable;

namespace ServiceOffices.Tests.OData;

/// <summary>The options of one place, the request's own or nested ones: their text, and what they make of rows.</summary>
/// <param name="Options">Each option as <c>$name=value</c>, not encoded.</param>
/// <param name="Rows">Which rows are shown in which order, and how many there are before $skip and $top.</param>
/// <param name="Show">What is shown of a row: member names and values; a value is null, a primitive, an <see cref="Members"/> or a list.</param>
internal sealed record OracleOptions(
    ImmutableList<string> Options,
    Func<IEnumerable<object>, OracleScope, (IReadOnlyList<object> Shown, int Total)> Rows,
    Func<object, OracleScope, OracleOptions.Members> Show)
{
    public bool Count => Options.Contains("$count=true");

    /// <summary>A JSON object that is expected: its members in order.</summary>
    internal sealed class Members : List<(string Name, object? Value)>;
}

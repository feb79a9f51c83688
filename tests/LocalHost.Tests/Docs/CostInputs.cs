using System.Globalization;
using System.Text.RegularExpressions;

namespace ServiceOffices.LocalHost.Tests.Docs;

/// <summary>The values of the first table of docs/costs.md by name.</summary>
internal sealed partial class CostInputs
{
    private readonly Dictionary<string, decimal> values;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    public CostInputs(string documentation) => values = Row().Matches(documentation).ToDictionary(
        row => row.Groups[1].Value, row => decimal.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>The values that have not been read yet.</summary>
    public IEnumerable<string> Unused => values.Keys.Except(used);

    public decimal this[string name]
    {
        get
        {
            used.Add(name);
            return values[name];
        }
    }

    [GeneratedRegex(@"^\| ([^|]+) \| ([0-9]+(?:\.[0-9]+)?) \| [^|]+ \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

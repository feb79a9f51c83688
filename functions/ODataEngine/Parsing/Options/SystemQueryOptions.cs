using System.Numerics;

namespace ODataEngine.Parsing.Options;

internal static class SystemQueryOptionNames
{
    // In the order of their bits. A dictionary would be nanoseconds faster per look-up but would delay the first query of a
    // process by ten milliseconds: its code for value types is compiled at run time, even with ReadyToRun.
    private static readonly string[] Names =
    [
        "$apply", "$compute", "$search", "$filter", "$orderby", "$skip", "$top", "$count", "$select", "$expand",
        "$skiptoken", "$deltatoken", "$format", "$schemaversion", "$at", "$id", "$index", "$levels",
    ];

    // The names that other query languages and APIs use for the same purpose.
    private static readonly (string Name, string Option)[] ForeignNames =
    [
        ("limit", "$top"), ("pagesize", "$top"), ("page_size", "$top"), ("per_page", "$top"), ("offset", "$skip"), ("where", "$filter"),
        ("sort", "$orderby"), ("order", "$orderby"), ("order_by", "$orderby"), ("sortby", "$orderby"), ("fields", "$select"), ("include", "$expand"),
    ];

    /// <summary>Gets the number of system query options.</summary>
    public static int Count => Names.Length;

    /// <summary>Finds a query option by its name without the dollar sign, ignoring case; None if there is none.</summary>
    public static SystemQueryOptions Find(ReadOnlySpan<char> name)
    {
        for (var bit = 0; bit < Names.Length; bit++)
        {
            if (Names[bit].Length == name.Length + 1 && name.Equals(Names[bit].AsSpan(1), StringComparison.OrdinalIgnoreCase))
            {
                return (SystemQueryOptions)(1 << bit);
            }
        }

        return SystemQueryOptions.None;
    }

    /// <summary>Finds the option that the misspelled name of a custom query option probably means; null if none is near.</summary>
    public static string? FindNearMiss(string name)
    {
        foreach (var (foreignName, option) in ForeignNames)
        {
            if (name.Equals(foreignName, StringComparison.OrdinalIgnoreCase))
            {
                return option;
            }
        }

        // Short names are near too many words; 'county' is near 'count'.
        return name.Length < 4 ? null : Array.Find(
            Names, candidate => candidate.Length > 5 && candidate is not ("$count" or "$index" or "$levels")
                && ODataErrors.IsNear(name.ToLowerInvariant(), candidate[1..], candidate.Length > 6 ? 2 : 1));
    }

    /// <summary>Gets the name of a query option: <c>$filter</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a single option.</exception>
    public static string GetName(SystemQueryOptions option) => Names[GetIndex(option)];

    /// <summary>Gets the index of a query option from 0 to <see cref="Count"/> - 1, which is its bit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a single option.</exception>
    public static int GetIndex(SystemQueryOptions option) => int.IsPow2((int)option)
        ? BitOperations.TrailingZeroCount((int)option)
        : throw new ArgumentOutOfRangeException(nameof(option), option, "The value must be a single option.");

    /// <summary>Formats a list of names: <c>$filter, $top</c>.</summary>
    public static string FormatList(SystemQueryOptions options) => string.Join(
        ", ", Enum.GetValues<SystemQueryOptions>().Where(option => int.IsPow2((int)option) && options.HasFlag(option)).Select(GetName));
}

/// <summary>The system query options (OData 4.01 Part 2, 5.1; Data Aggregation 4.0, 3; Temporal 4.0), one bit each.</summary>
[Flags]
internal enum SystemQueryOptions
{
    None = 0,
    Apply = 1 << 0,
    Compute = 1 << 1,
    Search = 1 << 2,
    Filter = 1 << 3,
    OrderBy = 1 << 4,
    Skip = 1 << 5,
    Top = 1 << 6,
    Count = 1 << 7,
    Select = 1 << 8,
    Expand = 1 << 9,
    SkipToken = 1 << 10,
    DeltaToken = 1 << 11,
    Format = 1 << 12,
    SchemaVersion = 1 << 13,
    At = 1 << 14,
    Id = 1 << 15,
    Index = 1 << 16,
    Levels = 1 << 17,

    /// <summary>Options allowed for every resource.</summary>
    AnyResource = Format | SchemaVersion | At,

    /// <summary>Options that shape a row of a structured type.</summary>
    RowShaping = Compute | Select | Expand,

    /// <summary>Options that select and order the items of a collection.</summary>
    CollectionOptions = Search | Filter | OrderBy | Skip | Top | Count,
}

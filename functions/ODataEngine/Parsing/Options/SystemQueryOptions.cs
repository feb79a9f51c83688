using System.Numerics;

namespace ODataEngine.Parsing.Options;

internal static class SystemQueryOptionNames
{
    // In the order of their bits. A dictionary would be faster by nanoseconds, and slower by ten milliseconds where a process
    // answers its first query: its code for values that are no objects is compiled at run time, ReadyToRun or not.
    private static readonly string[] Names =
    [
        "$apply", "$compute", "$search", "$filter", "$orderby", "$skip", "$top", "$count", "$select", "$expand",
        "$skiptoken", "$deltatoken", "$format", "$schemaversion", "$at", "$id", "$index", "$levels",
    ];

    /// <summary>How many options there are.</summary>
    public static int Count => Names.Length;

    /// <summary>The option of a name without its dollar sign, in any case; None where there is none.</summary>
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

    /// <summary>"$filter".</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not one option.</exception>
    public static string GetName(SystemQueryOptions option) => Names[GetIndex(option)];

    /// <summary>The place of an option among all, from 0 to <see cref="Count"/> - 1: its bit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not one option.</exception>
    public static int GetIndex(SystemQueryOptions option) => int.IsPow2((int)option)
        ? BitOperations.TrailingZeroCount((int)option)
        : throw new ArgumentOutOfRangeException(nameof(option), option, "one option at a time");

    /// <summary>"$filter, $top".</summary>
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

    /// <summary>What may stand at any resource.</summary>
    AnyResource = Format | SchemaVersion | At,

    /// <summary>What shapes a row of a structured type.</summary>
    RowShaping = Compute | Select | Expand,

    /// <summary>What chooses and orders the items of a collection.</summary>
    CollectionOptions = Search | Filter | OrderBy | Skip | Top | Count,
}

using System.Collections.Frozen;

namespace ServiceOffices.Queries;

internal static class SystemOptionNames
{
    private static readonly FrozenDictionary<string, SystemOptions> ByName = new Dictionary<string, SystemOptions>
    {
        ["apply"] = SystemOptions.Apply,
        ["compute"] = SystemOptions.Compute,
        ["search"] = SystemOptions.Search,
        ["filter"] = SystemOptions.Filter,
        ["orderby"] = SystemOptions.OrderBy,
        ["skip"] = SystemOptions.Skip,
        ["top"] = SystemOptions.Top,
        ["count"] = SystemOptions.Count,
        ["select"] = SystemOptions.Select,
        ["expand"] = SystemOptions.Expand,
        ["skiptoken"] = SystemOptions.SkipToken,
        ["deltatoken"] = SystemOptions.DeltaToken,
        ["format"] = SystemOptions.Format,
        ["schemaversion"] = SystemOptions.SchemaVersion,
        ["at"] = SystemOptions.At,
        ["id"] = SystemOptions.Id,
        ["index"] = SystemOptions.Index,
        ["levels"] = SystemOptions.Levels,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, SystemOptions>.AlternateLookup<ReadOnlySpan<char>> BySpan =
        ByName.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The option of a name without its dollar sign, in any case; None where there is none.</summary>
    public static SystemOptions Find(ReadOnlySpan<char> name) => BySpan.TryGetValue(name, out var option) ? option : SystemOptions.None;

    /// <summary>"$filter".</summary>
    public static string NameOf(SystemOptions option) => option switch
    {
        SystemOptions.Apply => "$apply",
        SystemOptions.Compute => "$compute",
        SystemOptions.Search => "$search",
        SystemOptions.Filter => "$filter",
        SystemOptions.OrderBy => "$orderby",
        SystemOptions.Skip => "$skip",
        SystemOptions.Top => "$top",
        SystemOptions.Count => "$count",
        SystemOptions.Select => "$select",
        SystemOptions.Expand => "$expand",
        SystemOptions.SkipToken => "$skiptoken",
        SystemOptions.DeltaToken => "$deltatoken",
        SystemOptions.Format => "$format",
        SystemOptions.SchemaVersion => "$schemaversion",
        SystemOptions.At => "$at",
        SystemOptions.Id => "$id",
        SystemOptions.Index => "$index",
        SystemOptions.Levels => "$levels",
        _ => throw new ArgumentOutOfRangeException(nameof(option), option, "one option at a time"),
    };

    /// <summary>"$filter, $top".</summary>
    public static string List(SystemOptions options) => string.Join(
        ", ", Enum.GetValues<SystemOptions>().Where(option => int.IsPow2((int)option) && options.HasFlag(option)).Select(NameOf));
}

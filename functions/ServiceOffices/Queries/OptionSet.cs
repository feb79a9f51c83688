namespace ServiceOffices.Queries;

/// <summary>The system query options and aliases that stand in one place, each at most once.</summary>
internal class QueryOptionSet
{
    // By the options' places.
    private StringSlice[]? values;
    private Dictionary<string, StringSlice>? aliases;

    public SystemQueryOptions Present { get; private set; }

    public bool Has(SystemQueryOptions option) => (Present & option) != 0;

    /// <summary>False where the option is there already (4.01 Part 2, 5.1).</summary>
    public bool TryAdd(SystemQueryOptions option, StringSlice value)
    {
        if (Has(option))
        {
            return false;
        }

        Present |= option;
        (values ??= new StringSlice[SystemQueryOptionNames.Count])[SystemQueryOptionNames.GetIndex(option)] = value;
        return true;
    }

    /// <param name="name">With its at sign.</param>
    public bool TryAddAlias(string name, StringSlice value) => (aliases ??= new(StringComparer.Ordinal)).TryAdd(name, value);

    /// <summary>The text of an alias, named with its at sign; null where it has none here.</summary>
    public StringSlice? FindAlias(string name) => aliases is not null && aliases.TryGetValue(name, out var value) ? value : null;

    public bool TryGet(SystemQueryOptions option, out StringSlice value)
    {
        var found = Has(option);
        value = found ? values![SystemQueryOptionNames.GetIndex(option)] : default;
        return found;
    }

    public string? GetString(SystemQueryOptions option) => TryGet(option, out var value) ? value.ToString() : null;
}

namespace ServiceOffices.Queries;

/// <summary>The system query options and aliases that stand in one place, each at most once.</summary>
internal class OptionSet
{
    // By the options' places.
    private TextRange[]? values;
    private Dictionary<string, TextRange>? aliases;

    public SystemOptions Present { get; private set; }

    public bool Has(SystemOptions option) => (Present & option) != 0;

    /// <summary>False where the option is there already (4.01 Part 2, 5.1).</summary>
    public bool TryAdd(SystemOptions option, TextRange value)
    {
        if (Has(option))
        {
            return false;
        }

        Present |= option;
        (values ??= new TextRange[SystemOptionNames.Count])[SystemOptionNames.PlaceOf(option)] = value;
        return true;
    }

    /// <param name="name">With its at sign.</param>
    public bool TryAddAlias(string name, TextRange value) => (aliases ??= new(StringComparer.Ordinal)).TryAdd(name, value);

    /// <summary>The text of an alias, named with its at sign; null where it has none here.</summary>
    public TextRange? Alias(string name) => aliases is not null && aliases.TryGetValue(name, out var value) ? value : null;

    public bool TryGet(SystemOptions option, out TextRange value)
    {
        var isThere = Has(option);
        value = isThere ? values![SystemOptionNames.PlaceOf(option)] : default;
        return isThere;
    }

    public string? Text(SystemOptions option) => TryGet(option, out var value) ? value.ToString() : null;
}

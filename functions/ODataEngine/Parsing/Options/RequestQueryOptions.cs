using ODataEngine.Parsing.Lexing;

namespace ODataEngine.Parsing.Options;

/// <summary>The decoded query options and aliases of a URL (OData 4.01 Part 2, 2 and 5). Custom query options other than the two below are ignored.</summary>
internal sealed class RequestQueryOptions : QueryOptionSet
{
    /// <summary>The custom query option (4.01 Part 2, 5.2) that selects the revision.</summary>
    public const string RevisionOption = "revision";

    /// <summary>The custom query option that selects the language of a file's column titles.</summary>
    public const string LanguageOption = "lang";

    /// <summary>Gets whether <c>$id</c> was specified without the dollar sign; except for <c>$entity</c>, <c>id</c> is a custom query option.</summary>
    public bool HasUnprefixedId { get; private set; }

    /// <summary>The value of <see cref="RevisionOption"/>; null if absent.</summary>
    public string? Revision { get; private set; }

    /// <summary>The value of <see cref="LanguageOption"/>; null if absent.</summary>
    public string? Language { get; private set; }

    /// <param name="query">The encoded query, without the question mark.</param>
    /// <exception cref="ODataRequestException">A query option is incorrectly encoded, unknown or specified more than once.</exception>
    public static RequestQueryOptions Parse(string query)
    {
        var options = new RequestQueryOptions();
        var position = 0;
        while (position < query.Length)
        {
            var end = query.IndexOf('&', position);
            end = end < 0 ? query.Length : end;
            if (end > position)
            {
                options.Add(query, position, end);
            }

            position = end + 1;
        }

        return options;
    }

    private void Add(string query, int start, int end)
    {
        var equals = query.IndexOf('=', start, end - start);
        var nameEnd = equals < 0 ? end : equals;
        var name = PercentEncoding.Decode(query, start, nameEnd).Trim();
        if (name.Length == 0)
        {
            return;
        }

        if (name[0] == '@')
        {
            if (!TryAddAlias(name, new StringSlice(DecodeValue(query, equals, end))))
            {
                throw ODataErrors.DuplicateOption(ODataErrors.Truncate(name));
            }

            return;
        }

        var prefixed = name[0] == '$';
        var option = SystemQueryOptionNames.Find(prefixed ? name.AsSpan(1) : name);
        if (option == SystemQueryOptions.Id && !prefixed)
        {
            HasUnprefixedId |= TryAdd(option, new StringSlice(DecodeValue(query, equals, end)));
            return;
        }

        if (option is SystemQueryOptions.None or SystemQueryOptions.Levels)
        {
            if (prefixed)
            {
                throw new ODataRequestException(400, ODataErrorCodes.UnknownOption, $"The query option {ODataErrors.Truncate(name)} does not exist; allowed: {SystemQueryOptionNames.FormatList(~SystemQueryOptions.Levels)}.", ODataErrors.Truncate(name));
            }

            AddCustom(name, query, equals, end);
            return;
        }

        if (!TryAdd(option, new StringSlice(DecodeValue(query, equals, end))))
        {
            throw ODataErrors.DuplicateOption(SystemQueryOptionNames.GetName(option));
        }
    }

    private void AddCustom(string name, string query, int equals, int end)
    {
        if (name.Equals(RevisionOption, StringComparison.OrdinalIgnoreCase))
        {
            Revision = Revision is null ? DecodeValue(query, equals, end) : throw ODataErrors.DuplicateOption(RevisionOption);
        }
        else if (name.Equals(LanguageOption, StringComparison.OrdinalIgnoreCase))
        {
            Language = Language is null ? DecodeValue(query, equals, end) : throw ODataErrors.DuplicateOption(LanguageOption);
        }
        else if (SystemQueryOptionNames.FindNearMiss(name) is { } intended)
        {
            // A custom query option (4.01 Part 2, 5.2) is ignored, so that a misspelled option would return all rows.
            throw new ODataRequestException(400, ODataErrorCodes.UnknownOption,
                $"The query option '{ODataErrors.Truncate(name)}' does not exist. Did you mean {intended}? Allowed: {SystemQueryOptionNames.FormatList(~SystemQueryOptions.Levels)}.", ODataErrors.Truncate(name));
        }
    }

    private static string DecodeValue(string query, int equals, int end) =>
        equals < 0 ? "" : PercentEncoding.Decode(query, equals + 1, end);
}

/// <summary>The system query options and aliases of one level, each at most once.</summary>
internal class QueryOptionSet
{
    // By SystemQueryOptionNames.GetIndex.
    private StringSlice[]? values;
    private Dictionary<string, StringSlice>? aliases;

    public SystemQueryOptions Present { get; private set; }

    private bool Has(SystemQueryOptions option) => (Present & option) != 0;

    /// <summary>Adds a query option; returns false if it already exists (4.01 Part 2, 5.1).</summary>
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

    /// <param name="name">The name, including the at sign.</param>
    public bool TryAddAlias(string name, StringSlice value) => (aliases ??= new(StringComparer.Ordinal)).TryAdd(name, value);

    /// <summary>Gets the value of an alias by its name including the at sign, or null.</summary>
    public StringSlice? FindAlias(string name) => aliases is not null && aliases.TryGetValue(name, out var value) ? value : null;

    public bool TryGet(SystemQueryOptions option, out StringSlice value)
    {
        var found = Has(option);
        value = found ? values![SystemQueryOptionNames.GetIndex(option)] : default;
        return found;
    }

    public string? GetString(SystemQueryOptions option) => TryGet(option, out var value) ? value.ToString() : null;
}

namespace ServiceOffices.Queries;

/// <summary>A URL's query part taken apart and decoded (OData 4.01 Part 2, 2 and 5): options, aliases; custom options but two are left out.</summary>
internal sealed class RequestQueryOptions : QueryOptionSet
{
    /// <summary>The custom option (4.01 Part 2, 5.2) that names which revision to answer from.</summary>
    public const string RevisionOption = "revision";

    /// <summary>The custom option that names the language of a file's column titles.</summary>
    public const string LanguageOption = "lang";

    /// <summary>Whether <c>$id</c> was written without its dollar sign: so common a name is a custom option but at <c>$entity</c>.</summary>
    public bool HasUnprefixedId { get; private set; }

    /// <summary>The text of <see cref="RevisionOption"/>; null where absent.</summary>
    public string? Revision { get; private set; }

    /// <summary>The text of <see cref="LanguageOption"/>; null where absent.</summary>
    public string? Language { get; private set; }

    /// <param name="query">As sent, without the question mark.</param>
    /// <exception cref="ODataRequestException">Wrongly encoded, unknown or twice there.</exception>
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
                throw new ODataRequestException(400, "DuplicateOption", $"{NameLookup.Truncate(name)} is given more than once; an alias has one value.", NameLookup.Truncate(name));
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
                throw new ODataRequestException(400, "UnknownOption", $"{NameLookup.Truncate(name)} is no query option; allowed: {SystemQueryOptionNames.FormatList(~SystemQueryOptions.Levels)}.", NameLookup.Truncate(name));
            }

            AddCustom(name, query, equals, end);
            return;
        }

        if (!TryAdd(option, new StringSlice(DecodeValue(query, equals, end))))
        {
            var known = SystemQueryOptionNames.GetName(option);
            throw new ODataRequestException(
                400, "DuplicateOption", $"{known} is given more than once, with or without the dollar sign and in any case; allowed: once.", known);
        }
    }

    private void AddCustom(string name, string query, int equals, int end)
    {
        if (name.Equals(RevisionOption, StringComparison.OrdinalIgnoreCase))
        {
            Revision = Revision is null ? DecodeValue(query, equals, end) : throw DuplicateOption(RevisionOption);
        }
        else if (name.Equals(LanguageOption, StringComparison.OrdinalIgnoreCase))
        {
            Language = Language is null ? DecodeValue(query, equals, end) : throw DuplicateOption(LanguageOption);
        }
    }

    private static ODataRequestException DuplicateOption(string name) => new(400, "DuplicateOption", $"{name} is given more than once; allowed: once.", name);

    private static string DecodeValue(string query, int equals, int end) =>
        equals < 0 ? "" : PercentEncoding.Decode(query, equals + 1, end);
}

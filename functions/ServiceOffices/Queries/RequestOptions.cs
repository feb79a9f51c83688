namespace ServiceOffices.Queries;

/// <summary>A URL's query part taken apart and decoded (OData 4.01 Part 2, 2 and 5): options, aliases; custom options but two are left out.</summary>
internal sealed class RequestOptions : OptionSet
{
    /// <summary>The custom option (4.01 Part 2, 5.2) that names which revision to answer from.</summary>
    public const string RevisionName = "revision";

    /// <summary>The custom option that names the language of a file's column titles.</summary>
    public const string LanguageName = "lang";

    /// <summary>Whether <c>$id</c> was written without its dollar sign: so common a name is a custom option but at <c>$entity</c>.</summary>
    public bool HasPlainId { get; private set; }

    /// <summary>The text of <see cref="RevisionName"/>; null where absent.</summary>
    public string? Revision { get; private set; }

    /// <summary>The text of <see cref="LanguageName"/>; null where absent.</summary>
    public string? Language { get; private set; }

    /// <param name="query">As sent, without the question mark.</param>
    /// <exception cref="QueryException">Wrongly encoded, unknown or twice there.</exception>
    public static RequestOptions Read(string query)
    {
        var options = new RequestOptions();
        var position = 0;
        while (position < query.Length)
        {
            var stop = query.IndexOf('&', position);
            stop = stop < 0 ? query.Length : stop;
            if (stop > position)
            {
                options.Add(query, position, stop);
            }

            position = stop + 1;
        }

        return options;
    }

    private void Add(string query, int start, int stop)
    {
        var equals = query.IndexOf('=', start, stop - start);
        var nameEnd = equals < 0 ? stop : equals;
        var name = PercentEncoding.Decode(query, start, nameEnd).Trim();
        if (name.Length == 0)
        {
            return;
        }

        if (name[0] == '@')
        {
            if (!TryAddAlias(name, new TextRange(Value(query, equals, stop))))
            {
                throw new QueryException(400, "DuplicateOption", $"{Names.Clip(name)} is given more than once; an alias has one value.", Names.Clip(name));
            }

            return;
        }

        var prefixed = name[0] == '$';
        var option = SystemOptionNames.Find(prefixed ? name.AsSpan(1) : name);
        if (option == SystemOptions.Id && !prefixed)
        {
            HasPlainId |= TryAdd(option, new TextRange(Value(query, equals, stop)));
            return;
        }

        if (option is SystemOptions.None or SystemOptions.Levels)
        {
            if (prefixed)
            {
                throw new QueryException(400, "UnknownOption", $"{Names.Clip(name)} is no query option; allowed: {SystemOptionNames.List(~SystemOptions.Levels)}.", Names.Clip(name));
            }

            AddCustom(name, query, equals, stop);
            return;
        }

        if (!TryAdd(option, new TextRange(Value(query, equals, stop))))
        {
            var known = SystemOptionNames.NameOf(option);
            throw new QueryException(
                400, "DuplicateOption", $"{known} is given more than once, with or without the dollar sign and in any case; allowed: once.", known);
        }
    }

    private void AddCustom(string name, string query, int equals, int stop)
    {
        if (name.Equals(RevisionName, StringComparison.OrdinalIgnoreCase))
        {
            Revision = Revision is null ? Value(query, equals, stop) : throw Twice(RevisionName);
        }
        else if (name.Equals(LanguageName, StringComparison.OrdinalIgnoreCase))
        {
            Language = Language is null ? Value(query, equals, stop) : throw Twice(LanguageName);
        }
    }

    private static QueryException Twice(string name) => new(400, "DuplicateOption", $"{name} is given more than once; allowed: once.", name);

    private static string Value(string query, int equals, int stop) =>
        equals < 0 ? "" : PercentEncoding.Decode(query, equals + 1, stop);
}

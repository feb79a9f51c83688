namespace ODataEngine.Model;

/// <summary>A supported language of titles, descriptions and files.</summary>
public sealed class Language
{
    /// <summary>The default language.</summary>
    public static readonly Language Swedish = new("sv", "Svenska");

    public static readonly Language English = new("en", "English");

    private Language(string tag, string name)
    {
        Tag = tag;
        Name = name;
    }

    public static IReadOnlyList<Language> All { get; } = [Swedish, English];

    /// <summary>Gets the language tag (RFC 5646).</summary>
    public string Tag { get; }

    /// <summary>Gets the name of the language in that language.</summary>
    public string Name { get; }

    /// <summary>Finds the language of a tag by its primary subtag (RFC 4647, 3.3.1), so sv-FI is Swedish; null if the language is not supported.</summary>
    public static Language? Find(string tag) =>
        All.FirstOrDefault(language => language.Tag.Equals(tag.Split('-')[0], StringComparison.OrdinalIgnoreCase));

    /// <summary>Gets the string in this language.</summary>
    public string Localize(LocalizedString value) => this == Swedish ? value.Sv : value.En;
}

/// <summary>A string in all supported languages.</summary>
public sealed record LocalizedString(string En, string Sv);

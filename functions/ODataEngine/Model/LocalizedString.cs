namespace ODataEngine.Model;

/// <summary>A language that pages and feeds are written in.</summary>
public sealed class Language
{
    /// <summary>Where a reader asks for neither.</summary>
    public static readonly Language Swedish = new("sv", "Svenska");

    public static readonly Language English = new("en", "English");

    private Language(string tag, string name)
    {
        Tag = tag;
        Name = name;
    }

    public static IReadOnlyList<Language> All { get; } = [Swedish, English];

    /// <summary>The language's tag (RFC 5646).</summary>
    public string Tag { get; }

    /// <summary>The language's name in itself.</summary>
    public string Name { get; }

    /// <summary>The language of a tag, or null. By its first part (RFC 4647, 3.3.1): sv-FI is Swedish too.</summary>
    public static Language? Find(string tag) =>
        All.FirstOrDefault(language => language.Tag.Equals(tag.Split('-')[0], StringComparison.OrdinalIgnoreCase));

    /// <summary>The text in this language.</summary>
    public string Localize(LocalizedString value) => this == Swedish ? value.Sv : value.En;
}

/// <summary>A short public text in both of the register's languages.</summary>
public sealed record LocalizedString(string En, string Sv);

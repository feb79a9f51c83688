using ODataEngine.Model;

namespace ServiceOffices.Web.Portal;

/// <summary>A page in a language. The path determines both.</summary>
/// <param name="OfficeId">The office of <see cref="PageKind.Office"/>; null for every other page.</param>
public sealed record PageUrl(PageKind Kind, Language Language, string? OfficeId = null)
{
    private const string EnglishRoot = "/en";

    private static readonly Dictionary<PageKind, LocalizedString> Paths = new()
    {
        [PageKind.Start] = new("", ""),
        [PageKind.Offices] = new("/offices", "/kontor"),
        [PageKind.Development] = new("/development", "/utveckling"),
        [PageKind.Data] = new("/data", "/data"),
        [PageKind.Developers] = new("/developers", "/utvecklare"),
        [PageKind.About] = new("/about", "/om"),
        [PageKind.Accessibility] = new("/about/accessibility", "/om/tillganglighet"),
        [PageKind.Privacy] = new("/about/privacy", "/om/integritet"),
    };

    /// <summary>Gets all pages in a language, except the pages of offices.</summary>
    public static IEnumerable<PageUrl> GetAll(Language language) => Paths.Keys.Select(page => new PageUrl(page, language));

    /// <summary>Gets the language of the page, or of the error page, at a path.</summary>
    public static Language GetLanguage(string path) =>
        path.Equals(EnglishRoot, StringComparison.OrdinalIgnoreCase) || path.StartsWith(EnglishRoot + "/", StringComparison.OrdinalIgnoreCase)
            ? Language.English
            : Language.Swedish;

    /// <summary>Finds the page at a path, ignoring case and a trailing slash; null if there is none.</summary>
    public static PageUrl? FindByPath(string path)
    {
        var language = GetLanguage(path);
        var relativePath = (language == Language.English ? path[EnglishRoot.Length..] : path).TrimEnd('/');
        foreach (var (page, names) in Paths)
        {
            if (language.Localize(names).Equals(relativePath, StringComparison.OrdinalIgnoreCase))
            {
                return new PageUrl(page, language);
            }
        }

        var offices = language.Localize(Paths[PageKind.Offices]) + "/";
        return relativePath.StartsWith(offices, StringComparison.OrdinalIgnoreCase) && relativePath.IndexOf('/', offices.Length) < 0
            ? new PageUrl(PageKind.Office, language, relativePath[offices.Length..])
            : null;
    }

    /// <summary>Gets the page in the other language.</summary>
    public PageUrl InOtherLanguage => this with { Language = Language == Language.Swedish ? Language.English : Language.Swedish };

    /// <summary>Returns the path: <c>/en/offices/storuman</c>.</summary>
    public override string ToString()
    {
        var root = Language == Language.English ? EnglishRoot : "";
        var path = root + (OfficeId is null
            ? Language.Localize(Paths[Kind])
            : $"{Language.Localize(Paths[PageKind.Offices])}/{Uri.EscapeDataString(OfficeId)}");
        return path == "" ? "/" : path;
    }

    /// <summary>Gets a URL with an explicit language. Only the root depends on the language of the reader.</summary>
    public string ExplicitLanguageUrl => ToString() is "/" ? "/?lang=sv" : ToString();
}

/// <summary>The portal's pages.</summary>
public enum PageKind
{
    Start,
    Offices,
    Office,
    Development,
    Data,
    Developers,
    About,
    Accessibility,
    Privacy,
}

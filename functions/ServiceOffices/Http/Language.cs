using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>A language that pages are written in.</summary>
public sealed class Language
{
    private const string QueryName = "lang";

    /// <summary>Where a reader asks for neither.</summary>
    public static readonly Language Swedish = new("sv", "Svenska");

    public static readonly Language English = new("en", "English");

    private Language(string tag, string name)
    {
        Tag = tag;
        Name = name;
    }

    /// <summary>The language's tag (RFC 5646).</summary>
    public string Tag { get; }

    /// <summary>The language's name in itself.</summary>
    public string Name { get; }

    /// <summary>What <c>?lang=</c> says, else what Accept-Language likes best (RFC 9110, 12.5.4), else Swedish.</summary>
    public static Language Of(HttpRequest request)
    {
        if (Find(request.Query[QueryName].ToString()) is { } stated) return stated;
        if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted)) return Swedish;

        return accepted
            .Where(item => item.Quality != 0)
            .OrderByDescending(item => item.Quality ?? 1)
            .Select(item => Find(item.Value.ToString()))
            .FirstOrDefault(language => language is not null) ?? Swedish;
    }

    /// <summary>The text in this language.</summary>
    public string Of(Text text) => this == Swedish ? text.Sv : text.En;

    // RFC 4647, 3.3.1: sv-FI is Swedish too.
    private static Language? Find(string tag) => tag.Split('-')[0].ToLowerInvariant() switch
    {
        "sv" => Swedish,
        "en" => English,
        _ => null,
    };
}

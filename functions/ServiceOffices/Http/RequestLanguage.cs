using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ServiceOffices.Tables;

namespace ServiceOffices.Http;

/// <summary>Which language a request asks for.</summary>
public static class RequestLanguage
{
    /// <summary>The query option that states a language and wins over Accept-Language.</summary>
    public const string QueryOptionName = "lang";

    extension(Language)
    {
        /// <summary>What <c>?lang=</c> says, else what Accept-Language likes best (RFC 9110, 12.5.4), else Swedish.</summary>
        public static Language Of(HttpRequest request)
        {
            if (Language.Find(request.Query[QueryOptionName].ToString()) is { } requested)
            {
                return requested;
            }

            if (!StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var accepted))
            {
                return Language.Swedish;
            }

            return accepted
                .Where(item => item.Quality != 0)
                .OrderByDescending(item => item.Quality ?? 1)
                .Select(item => Language.Find(item.Value.ToString()))
                .FirstOrDefault(language => language is not null) ?? Language.Swedish;
        }
    }
}

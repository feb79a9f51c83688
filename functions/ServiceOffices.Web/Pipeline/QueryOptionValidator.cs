using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using ODataEngine.Model;

namespace ServiceOffices.Web.Pipeline;

/// <summary>Validates the query options of resources other than OData.</summary>
internal static class QueryOptionValidator
{
    // Feed readers and browsers add them against caches, newsletters and social networks to count clicks. They have no meaning here.
    private static readonly FrozenSet<string> IgnoredNames = FrozenSet.ToFrozenSet(
        ["_", "cb", "cachebust", "cachebuster", "nocache", "no-cache", "rand", "random", "rnd", "t", "time", "timestamp", "ts", "v", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the problem of the query options, or null. Unknown options are rejected, except cache busters and tracking parameters.</summary>
    public static HttpProblem? Validate(HttpRequest request, params ReadOnlySpan<string> allowed)
    {
        foreach (var (name, values) in request.Query)
        {
            if (!allowed.Contains(name))
            {
                if (IsIgnored(name))
                {
                    continue;
                }

                var allowedNames = allowed.IsEmpty ? "This resource has no query options" : "Allowed: " + string.Join(", ", allowed.ToArray());
                return HttpProblem.BadRequest($"Unknown query option '{name}'. {allowedNames}.");
            }

            if (values.Count != 1)
            {
                return HttpProblem.BadRequest($"Query option '{name}' must occur only once; it occurs {values.Count} times.");
            }
        }

        return allowed.Contains(RequestLanguage.QueryOptionName) ? ValidateLanguage(request) : null;
    }

    // A cache buster may also be a number alone, as in /feeds/changes.atom?1764532800.
    private static bool IsIgnored(string name) =>
        IgnoredNames.Contains(name)
        || name.StartsWith("utm_", StringComparison.OrdinalIgnoreCase)
        || (name.Length > 0 && !name.AsSpan().ContainsAnyExceptInRange('0', '9'));

    private static HttpProblem? ValidateLanguage(HttpRequest request) =>
        request.Query[RequestLanguage.QueryOptionName] is [{ } tag] && Language.Find(tag) is null
            ? HttpProblem.BadRequest($"{RequestLanguage.QueryOptionName} must be {string.Join(" or ", Language.All.Select(language => language.Tag))}; got '{tag}'.")
            : null;
}
